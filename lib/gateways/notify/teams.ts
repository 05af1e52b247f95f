import type { AlertMessage } from '#lib/model/alert-notice.ts';
import { factsOf, moreWords, oneLine } from './message-words.ts';
import { postJson } from './post-json.ts';
import { type Receiver, type Taken, taken } from './receiver.ts';

/**
 * Sends a message to a webhook of Microsoft Teams (the Workflows app, "When a Teams webhook request is received"): an adaptive
 * card. Its texts are runs, which know no markup, so that a name cannot become a link.
 */
export async function sendTeams(
  { secrets, allowHttp, egress }: Receiver<'teams'>,
  message: AlertMessage,
  signal?: AbortSignal,
): Promise<Taken> {
  await postJson(secrets.url ?? '', JSON.stringify(teamsBody(message)), { allowHttp, egress, signal });
  return taken;
}

const runs = (...inlines: { text: string; weight?: 'Bolder'; size?: 'Large'; isSubtle?: true }[]) => ({
  type: 'RichTextBlock',
  inlines: inlines.map((inline) => ({ type: 'TextRun', ...inline })),
});

export function teamsBody(message: AlertMessage) {
  const more = moreWords(message);
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [
            runs({ text: oneLine(message.title, 300), weight: 'Bolder', size: 'Large' }),
            ...message.incidents.flatMap((incident) => [
              { ...runs({ text: oneLine(incident.summary), weight: 'Bolder' }), separator: true },
              ...factsOf(incident).map(([name, value]) =>
                runs({ text: `${name}: `, isSubtle: true }, { text: value }),
              ),
            ]),
            ...(more ? [runs({ text: more })] : []),
          ],
          actions: [
            {
              type: 'Action.OpenUrl',
              title: 'Open in Millrace',
              url: message.incidents[0]?.url ?? message.url,
            },
          ],
        },
      },
    ],
  };
}
