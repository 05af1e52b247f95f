import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterEvent } from '#lib/model/cluster-event.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { addClusterEvents, listClusterEvents, purgeClusterEvents } from './cluster-events.ts';
import { createCluster } from './clusters.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const at = Date.parse('2026-03-01T10:00:00Z');
const event = (changes: Partial<ClusterEvent>): ClusterEvent => ({
  clusterId: 'shop',
  at,
  kind: 'broker.down',
  subjectType: 'broker',
  subject: '3',
  severity: 'critical',
  title: 'Broker 3 stopped answering',
  detail: 'Rack a',
  ...changes,
});
const list = (changes: Partial<Parameters<typeof listClusterEvents>[0]> = {}) =>
  listClusterEvents({ clusterId: 'shop', fromMs: at - 60_000, toMs: at + 60_000, limit: 10, ...changes });

describe('events of a cluster', () => {
  it('come back newest first, those of a subject beside those of the cluster and its brokers', async () => {
    const down = event({});
    const elected = event({ at: at + 1, kind: 'leader.elected', subjectType: 'topic', subject: 'orders' });
    const other = event({ at: at + 2, kind: 'leader.elected', subjectType: 'topic', subject: 'payments' });
    const foreign = event({ clusterId: 'other' });
    await addClusterEvents([down, elected, other, foreign]);
    expect(await list()).toEqual({ rows: [other, elected, down], total: 3 });
    expect((await list({ subject: { type: 'topic', name: 'orders' } })).rows).toEqual([elected, down]);
    expect(await list({ limit: 1 })).toEqual({ rows: [other], total: 3 });
    expect(await list({ fromMs: at + 2 })).toEqual({ rows: [other], total: 1 });
  });

  it('P5: keeps a text with a NUL, which PostgreSQL has not', async () => {
    await addClusterEvents([event({ clusterId: 'nul', title: 'a\0b' })]);
    expect((await list({ clusterId: 'nul' })).rows[0]?.title).toBe('a\ufffdb');
  });

  it('are removed with their time and with their cluster', async () => {
    await createCluster({
      ...{ id: 'shop', name: 'Shop', environment: 'staging', readOnly: false, secrets: {} },
      connection: {
        bootstrap: [{ host: 'broker', port: 9092 }],
        tls: { enabled: false },
        sasl: { mechanism: 'none' },
      },
    });
    await purgeClusterEvents(at + 2);
    expect((await list()).rows.map(({ subject }) => subject)).toEqual(['payments']);
    expect((await list({ clusterId: 'other' })).total).toBe(0);
  });
});
