import type { AlertMessage, NoticeIncident } from '#lib/model/alert-notice.ts';
import { factsOf, oneLine } from './message-words.ts';
import { postJson } from './post-json.ts';
import { type Receiver, type Taken, taken } from './receiver.ts';

const severities = { critical: 'critical', warning: 'warning', note: 'info' } as const;

/**
 * Tells PagerDuty by its Events API v2 (https://developer.pagerduty.com/docs/send-alert-event): one event for each incident under the
 * incident's own id, so that a second try, a repetition and the end are of the same alert there.
 */
export async function sendPagerduty(
  { config, secrets, allowHttp, egress }: Receiver<'pagerduty'>,
  message: AlertMessage,
  signal?: AbortSignal,
): Promise<Taken> {
  const url = new URL('/v2/enqueue', config.apiUrl).href;
  for (const body of pagerdutyBodies(message, secrets.key ?? ''))
    await postJson(url, JSON.stringify(body), { allowHttp, egress, signal });
  return taken;
}

export function pagerdutyBodies(message: AlertMessage, routingKey: string) {
  const isEnd = message.kind === 'resolved';
  const bodies = message.incidents.map((incident) => ({
    routing_key: routingKey,
    event_action: isEnd ? 'resolve' : 'trigger',
    dedup_key: `millrace-${incident.id}`,
    ...(isEnd
      ? {}
      : {
          client: 'Millrace',
          client_url: incident.url,
          payload: payloadOf(incident),
          links: linksOf(incident),
        }),
  }));
  // A trial must wake nobody for longer than it takes.
  return message.kind === 'test'
    ? bodies.flatMap((body) => [
        body,
        { routing_key: routingKey, event_action: 'resolve', dedup_key: body.dedup_key },
      ])
    : bodies;
}

const payloadOf = (incident: NoticeIncident) => ({
  summary: oneLine(incident.summary, 1_000),
  source: oneLine(incident.clusterName, 200),
  severity: severities[incident.severity],
  timestamp: incident.openedAt,
  component: oneLine(incident.subject, 200),
  group: incident.clusterId,
  class: incident.series,
  custom_details: Object.fromEntries(factsOf(incident)),
});

const linksOf = (incident: NoticeIncident) => [
  { href: incident.url, text: 'Open in Millrace' },
  ...(incident.runbook ? [{ href: incident.runbook, text: 'Runbook' }] : []),
];
