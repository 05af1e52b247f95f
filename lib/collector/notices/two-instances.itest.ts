import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChannel } from '#lib/gateways/database/alert-channels.ts';
import { createAlertRule } from '#lib/gateways/database/alert-rules.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { createCluster } from '#lib/gateways/database/clusters.ts';
import { NewChannel } from '#lib/model/alert-channel.ts';
import { NewAlertRule } from '#lib/model/alert-rule.ts';
import type { ClusterConnection } from '#lib/model/cluster.ts';
import {
  type HttpReceiver,
  httpReceiver,
  type MailReceiver,
  mailReceiver,
} from '#lib/testing/alert-receivers.ts';
import { keptRoute, keptWebhook } from '#lib/testing/alert-rows.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { startFakeCluster } from '#lib/testing/fake-broker.ts';
import { holds, type Instance, startInstance } from '#lib/testing/instances.ts';
import { plaintextConnection } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { run } from '#platform/machine/run.ts';

/**
 * F16: two instances on one database, and one of them ends as by a power cut. What is told by mail and by a webhook is told
 * once, and its end once.
 */

const waiting = { timeout: 90_000, interval: 250 };
let database: TestDatabase;
let hook: HttpReceiver;
let mail: MailReceiver;
const instances: Instance[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  hook = await httpReceiver();
  mail = await mailReceiver();
});

afterEach(async () => {
  for (const instance of instances.splice(0)) await instance.kill9();
  await hook.close();
  await mail.close();
  for (const table of [
    'alert_notices',
    'alert_incidents',
    'alert_routes',
    'alert_channels',
    'alert_rules',
    'clusters',
  ])
    await pool().query(`DELETE FROM ${table}`);
});

/** A cluster, a rule about it, and a route that tells both receivers. */
async function prepared(
  connection: ClusterConnection,
  rule: Record<string, unknown>,
  more: { groupWaitSeconds?: number; sampleMs?: number } = {},
): Promise<string> {
  const id = `two-${randomUUID().slice(0, 8)}`;
  await createCluster({ id, name: id, environment: 'production', readOnly: false, connection, secrets: {} });
  await createAlertRule(NewAlertRule.parse({ name: 'Down', severity: 'critical', ...rule }), 'Ana');
  const { id: webhook } = await keptWebhook(`${hook.url}/hook`);
  const { id: email } = await createChannel(
    randomUUID(),
    NewChannel.parse({
      name: 'Mailbox',
      config: {
        ...{ kind: 'email', host: '127.0.0.1', port: mail.port, security: 'none' },
        ...{ from: 'millrace@example.com', to: ['ops@example.com'] },
      },
    }),
  );
  await keptRoute([webhook, email], { groupWaitSeconds: more.groupWaitSeconds ?? 5 });
  for (let i = 0; i < 2; i++)
    instances.push(await startInstance(database, { MILLRACE_SAMPLE_MS: String(more.sampleMs ?? 5_000) }));
  await expect.poll(() => holderOf('notices') && holderOf(`history:${id}`), waiting).toBeTruthy();
  return id;
}

const holderOf = (lease: string): Instance | undefined => instances.find((one) => holds(one, lease));
const survivorOf = (dead: Instance): Instance => instances.find((one) => one !== dead)!;

const toldByHook = () => hook.got.map(({ body }) => (JSON.parse(body) as { kind: string }).kind);
const toldByMail = () =>
  mail.got.map(({ text }) => (/^Subject: Resolved/m.test(text) ? 'resolved' : 'opened'));

async function openIncident(): Promise<string | undefined> {
  const { rows } = await pool().query('SELECT id FROM alert_incidents WHERE resolved_at IS NULL');
  return rows[0]?.id;
}

/** What the database knows of it: one incident, told on two channels as begun and as ended, each at the first try. */
async function expectToldOnce(): Promise<void> {
  await expect.poll(toldByHook, waiting).toEqual(['opened', 'resolved']);
  await expect.poll(toldByMail, waiting).toEqual(['opened', 'resolved']);
  const notices = () =>
    pool()
      .query('SELECT kind, state, attempts FROM alert_notices ORDER BY kind')
      .then(({ rows }) => rows);
  const sent = (kind: string) => ({ kind, state: 'sent', attempts: 1 });
  await expect
    .poll(notices, waiting)
    .toEqual([sent('opened'), sent('opened'), sent('resolved'), sent('resolved')]);
  const { rows } = await pool().query(
    'SELECT count(*)::int AS incidents, count(resolved_at)::int AS ended FROM alert_incidents',
  );
  expect(rows).toEqual([{ incidents: 1, ended: 1 }]);
}

describe('F16: two instances, and a kill -9 between', () => {
  it('a cluster that falls silent: who was to tell it dies before, the other tells it once', async () => {
    const fake = await startFakeCluster({ topics: 1 });
    try {
      await prepared(
        { bootstrap: fake.bootstrap, tls: { enabled: false }, sasl: { mechanism: 'none' } },
        { series: 'cluster.reachable', condition: { is: 'equals', values: ['down'] } },
        { groupWaitSeconds: 10, sampleMs: 1_000 },
      );
      await fake.stop();
      await expect.poll(openIncident, waiting).toBeTruthy();
      const dying = holderOf('notices')!;
      await dying.kill9();
      expect(toldByHook()).toEqual([]);
      await expect.poll(() => holds(survivorOf(dying), 'notices'), waiting).toBe(true);
      await expect.poll(toldByHook, waiting).toEqual(['opened']);
      await expect.poll(toldByMail, waiting).toEqual(['opened']);
      for (const broker of [1, 2, 3]) await fake.revive(broker);
      await expectToldOnce();
    } finally {
      await fake.stop();
    }
  }, 240_000);

  it('a broker that is killed: told once, and its end once by the instance that is left', async () => {
    const platform = (...words: string[]) =>
      run(process.execPath, ['platform/main.ts', ...words], { timeoutMs: 120_000 });
    const cluster = await prepared(plaintextConnection(platformHandle().bootstrap), {
      series: 'broker.up',
      condition: { is: 'equals', values: ['down'] },
    });
    try {
      await expect.poll(() => brokersSeen(cluster), waiting).toBe(3);
      expect((await platform('kill-broker', '3')).code).toBe(0);
      const diedAt = performance.now();
      await expect.poll(() => Math.min(hook.got.length, mail.got.length), waiting).toBe(1);
      const seconds = ((performance.now() - diedAt) / 1000).toFixed(1);
      process.stderr.write(`From a broker's death to the delivery of its alert: ${seconds} s\n`);
      await holderOf('notices')!.kill9();
    } finally {
      expect((await platform('start-broker', '3')).code).toBe(0);
    }
    await expectToldOnce();
  }, 300_000);
});

/** How many brokers have been seen up: before that none can be missed. */
async function brokersSeen(clusterId: string): Promise<number> {
  const { rows } = await pool().query(
    `SELECT count(*)::int AS n FROM series WHERE kind = 'broker.up' AND cluster_id = $1`,
    [clusterId],
  );
  return rows[0].n;
}
