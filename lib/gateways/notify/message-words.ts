import type { AlertMessage, NoticeIncident } from '#lib/model/alert-notice.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const unwritten = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** A text as one line: control characters and those that turn the direction of writing must not forge another (P5). */
export const oneLine = (text: string, most = 500): string => {
  const plain = text.replace(unwritten, ' ').trim();
  const points = [...plain];
  return points.length <= most ? plain : `${points.slice(0, most - 1).join('')}…`;
};

/** `2026-11-21 15:41:07 UTC`: receivers sit in any zone. */
export const utc = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

/** Where an incident is: cluster, environment, and what it is about. */
export function placeOf({ clusterName, environment, subject }: NoticeIncident): string {
  const cluster = `${clusterName}${environment ? ` (${environment})` : ''}`;
  return subject === '' ? cluster : `${cluster}, ${subject.replace('\t', ' on ')}`;
}

/** An address that is cut leads nowhere: as long as a rule may have it. */
const runbookLetters = 2_000;

/** What is told of an incident besides its summary, by name. */
export function factsOf(incident: NoticeIncident): [string, string][] {
  const facts: [string, string][] = [
    ['Where', placeOf(incident)],
    ['Rule', incident.ruleName],
    ['Since', utc(incident.openedAt)],
  ];
  if (incident.resolvedAt)
    facts.push(['Ended', `${utc(incident.resolvedAt)}. ${incident.resolution ?? ''}`.trim()]);
  else if (incident.now) facts.push(['Now', incident.now]);
  if (incident.owner) facts.push(['Owner', incident.owner]);
  if (incident.advice && !incident.resolvedAt) facts.push(['What to do', incident.advice]);
  if (incident.runbook) facts.push(['Runbook', incident.runbook]);
  return facts.map(([name, value]) => [
    name,
    oneLine(value, name === 'Runbook' ? runbookLetters : undefined),
  ]);
}

export const moreWords = ({ more }: AlertMessage): string =>
  more === 0 ? '' : `And ${more} more: see the page.`;

/** The whole message as plain text. */
export function textOf(message: AlertMessage): string {
  const parts = message.incidents.map((incident) =>
    [
      oneLine(incident.summary),
      ...factsOf(incident).map(([name, value]) => `${name}: ${value}`),
      incident.url,
    ].join('\n'),
  );
  return [oneLine(message.title), '', ...parts.flatMap((part) => [part, '']), moreWords(message), message.url]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}
