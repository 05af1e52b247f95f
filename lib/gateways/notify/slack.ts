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

/** Names that people chose must not become links, mentions or markup. */
const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/([*_~`])/g, '\u200b$1');

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
        elements: [{ type: 'mrkdwn', text: `${more} <${message.url}|All alerts in Millrace>`.trim() }],
      },
    ],
  };
}

function sectionOf(incident: NoticeIncident): string {
  const lines = factsOf(incident).map(([name, value]) => `${name}: ${escaped(value)}`);
  // A section of Slack holds 3,000 letters.
  const text = [`*${escaped(oneLine(incident.summary))}*`, ...lines].join('\n').slice(0, 2_700);
  return `${text}\n<${incident.url}|Open the incident>`;
}
