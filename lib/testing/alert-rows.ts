import { randomUUID } from 'node:crypto';
import { createChannel } from '#lib/gateways/database/alert-channels.ts';
import { openIncidents, resolveIncidents } from '#lib/gateways/database/alert-incidents.ts';
import { createRoute } from '#lib/gateways/database/alert-routes.ts';
import { createSilence } from '#lib/gateways/database/alert-silences.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { takeLease } from '#lib/gateways/database/leases.ts';
import { NewChannel } from '#lib/model/alert-channel.ts';
import type { NoticeKind } from '#lib/model/alert-notice.ts';
import { NewRoute } from '#lib/model/alert-route.ts';
import { NewSilence } from '#lib/model/alert-silence.ts';
import { brokerDown } from './alert-incidents.ts';

async function right() {
  const lease = 'history:test';
  const taken = await takeLease(lease, 60_000);
  if (!taken) throw new Error('Another process holds the lease of the test.');
  return { lease, fence: taken.fence };
}

/** Opens an incident as the evaluator does. */
export async function keptIncident(
  more: { clusterId?: string; subject?: string; ruleId?: string } = {},
): Promise<string> {
  const { clusterId = 'test', subject = randomUUID(), ruleId = 'rule' } = more;
  const summary = `Broker ${subject} does not answer.`;
  const opened = await openIncidents(await right(), [
    { ruleId, rule: brokerDown, clusterId, subject, summary, value: 0 },
  ]);
  return opened![0]!.id;
}

/** Ends it. */
export async function endIncident(id: string): Promise<void> {
  await resolveIncidents(await right(), [
    { id, resolution: 'back', text: 'It is back to where the rule does not hold.', value: 1 },
  ]);
}

export const webhookInput = (url: string, more: Record<string, unknown> = {}) => ({
  name: `Hook ${randomUUID().slice(0, 8)}`,
  config: { kind: 'webhook' },
  secrets: { url },
  allowHttp: true,
  ...more,
});

export const keptWebhook = (url: string, more: Record<string, unknown> = {}) =>
  createChannel(randomUUID(), NewChannel.parse(webhookInput(url, more)));

/** A route of everything to channels, told at once. */
export const keptRoute = (channels: readonly string[], more: Record<string, unknown> = {}) =>
  createRoute(
    randomUUID(),
    NewRoute.parse({ name: `Route ${randomUUID().slice(0, 8)}`, channels, groupWaitSeconds: 0, ...more }),
  );

export const keptSilence = (more: Record<string, unknown> = {}) =>
  createSilence(
    randomUUID(),
    NewSilence.parse({ match: {}, reason: 'Upgrade of the brokers', minutes: 30, ...more }),
    { id: 'ana', name: 'Ana' },
  );

/** A delivery that has failed for good. */
export async function failedNotice(
  more: { kind?: NoticeKind; incidents?: readonly string[]; channel?: string } = {},
): Promise<string> {
  const id = randomUUID();
  const { incidents = [await keptIncident()], kind = 'opened', channel = 'gone' } = more;
  await pool().query(
    `INSERT INTO alert_notices (id, dedupe_key, channel_id, kind, incident_ids, notice, state, attempts, next_attempt_at)
     VALUES ($1, $1, $2, $3, $4, '{"title": "x", "incidents": []}', 'failed', 6, now())`,
    [id, channel, kind, incidents],
  );
  return id;
}
