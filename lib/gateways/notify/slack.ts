import type { AlertMessage, NoticeIncident } from '#lib/model/alert-notice.ts';
import { factsOf, moreWords, oneLine } from './message-words.ts';
import { postJson } from './post-json.ts';
import { type Receiver, type Taken, taken } from './receiver.ts';

/** Sends a message to an incoming webhook of Slack (https://api.slack.com/messaging/webhooks). */
export async function sendSlack(
  { secrets, allowHttp, egress }: Receiver<'slack'>,
  message: AlertMessage,
  signal?: AbortSignal,
): Promise<Taken> {
  await postJson(secrets.url ?? '', JSON.stringify(slackBody(message)), { allowHttp, egress, signal });
  return taken;
}

const encoded = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Names that people chose must not become links, mentions or markup. */
const escaped = (text: string): string => encoded(text).replace(/([*_~`])/g, '\u200b$1');

/** An address goes as it is, but for what would end the link. */
const link = (url: string, text: string): string =>
  `<${encoded(url.replace(/[\s|]/g, encodeURIComponent))}|${text}>`;

export function slackBody(message: AlertMessage) {
  const more = moreWords(message);
  return {
    text: escaped(oneLine(message.title, 300)),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: oneLine(message.title, 150), emoji: false } },
      ...message.incidents.map((incident) => ({
        type: 'section',
        text: { type: 'mrkdwn', text: sectionOf(incident) },
      })),
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: `${more} ${link(message.url, 'All alerts in Millrace')}`.trim() }],
      },
    ],
  };
}

/** What a section of Slack holds, in letters. */
const sectionLetters = 3_000;

function sectionOf(incident: NoticeIncident): string {
  const facts = factsOf(incident);
  const lines = facts
    .filter(([name]) => name !== 'Runbook')
    .map(([name, value]) => `${name}: ${escaped(value)}`);
  const links = facts
    .filter(([name]) => name === 'Runbook')
    .map(([name, value]) => link(value, name))
    // One that leaves no room for what is the matter stands on the page of the incident.
    .filter(({ length }) => length < sectionLetters - 700);
  const end = ['', ...links, link(incident.url, 'Open the incident')].join('\n');
  const text = [`*${escaped(oneLine(incident.summary))}*`, ...lines].join('\n');
  return text.slice(0, sectionLetters - end.length) + end;
}
