import type { AlertMessage, NoticeIncident } from '#lib/model/alert-notice.ts';
import { factsOf, oneLine } from './message-words.ts';
import { postJson } from './post-json.ts';
import { type Receiver, type Taken, taken } from './receiver.ts';

const priorities = { critical: 'P1', warning: 'P3', note: 'P5' } as const;

/**
 * Tells Opsgenie by its Alert API (https://docs.opsgenie.com/docs/alert-api): one alert for each incident under an alias of the
 * incident's own id, so that a second try and the end are of the same alert there.
 */
export async function sendOpsgenie(
  { config, secrets, allowHttp, egress }: Receiver<'opsgenie'>,
  message: AlertMessage,
  signal?: AbortSignal,
): Promise<Taken> {
  const headers = { authorization: `GenieKey ${secrets.key ?? ''}` };
  for (const { path, body } of opsgenieCalls(message, config.teams))
    await postJson(new URL(path, config.apiUrl).href, JSON.stringify(body), {
      allowHttp,
      egress,
      signal,
      headers,
    });
  return taken;
}

export function opsgenieCalls(message: AlertMessage, teams: readonly string[]) {
  return message.incidents.flatMap((incident) => {
    const close = {
      path: `/v2/alerts/${encodeURIComponent(aliasOf(incident))}/close?identifierType=alias`,
      body: { source: 'Millrace', note: oneLine(incident.resolution ?? 'This was a trial.') } as object,
    };
    if (message.kind === 'resolved') return [close];
    const open = { path: '/v2/alerts', body: alertOf(incident, teams) as object };
    // A trial must wake nobody for longer than it takes.
    return message.kind === 'test' ? [open, close] : [open];
  });
}

const aliasOf = (incident: NoticeIncident): string => `millrace-${incident.id}`;

const alertOf = (incident: NoticeIncident, teams: readonly string[]) => ({
  message: oneLine(incident.summary, 130),
  alias: aliasOf(incident),
  description: [
    oneLine(incident.summary),
    ...factsOf(incident).map(([name, value]) => `${name}: ${value}`),
    incident.url,
  ].join('\n'),
  priority: priorities[incident.severity],
  source: 'Millrace',
  entity: oneLine(incident.subject || incident.clusterName, 500),
  tags: [incident.severity, incident.clusterId],
  details: { cluster: incident.clusterId, rule: incident.ruleName, series: incident.series },
  ...(teams.length > 0 ? { responders: teams.map((name) => ({ name, type: 'team' })) } : {}),
});
