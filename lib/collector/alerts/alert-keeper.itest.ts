import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SamplePoint } from '#lib/collector/ticks.ts';
import { resolveOfRemovedClusters } from '#lib/gateways/database/alert-incidents.ts';
import {
  alertRulesMark,
  createAlertRule,
  deleteAlertRule,
  listAlertRules,
  updateAlertRule,
} from '#lib/gateways/database/alert-rules.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { takeLease } from '#lib/gateways/database/leases.ts';
import { fieldsOfRule, NewAlertRule } from '#lib/model/alert-rule.ts';
import { pointsOf } from '#lib/testing/alert-harness.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { AlertKeeper, leaseOfCluster, type Rules } from './alert-keeper.ts';

const cluster = { id: 'keeper', name: 'Keeper', environment: 'development' as const };
const lease = leaseOfCluster(cluster.id);
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await pool().query('TRUNCATE alert_rules, alert_incidents, alert_pending, alert_events, leases CASCADE');
});

const kept = async (fields: Record<string, unknown> = {}) =>
  createAlertRule(
    NewAlertRule.parse({
      name: 'Late',
      series: 'group.lag',
      condition: { is: 'above', value: 100 },
      ...fields,
    }),
    'Ana',
  );
const rulesNow = async (): Promise<Rules> => ({
  mark: await alertRulesMark(),
  rules: await listAlertRules(),
});

/** An instance as it believes to be: its fence is what it was given last, also when another has the lease by now. */
function instance(holder: string) {
  let fence: bigint | null = null;
  let changes = 0;
  const keeper = new AlertKeeper(
    cluster.id,
    () => changes++,
    () => fence,
  );
  return {
    changes: () => changes,
    take: async () => {
      fence = (await takeLease(lease, 60_000, holder))?.fence ?? null;
      return fence !== null;
    },
    tick: async (values: Record<string, number>, kind?: SamplePoint['kind']) =>
      keeper.tick(
        { points: pointsOf(kind ?? 'group.lag', values), isAnswering: true },
        cluster,
        await rulesNow(),
      ),
  };
}
const leaseEnds = () => pool().query("UPDATE leases SET expires_at = now() - interval '1 second'");
const incidents = async () => {
  const { rows } = await pool().query(
    `SELECT i.subject, i.resolution, i.summary, i.last_value, array_agg(e.kind ORDER BY e.id) AS events
     FROM alert_incidents i LEFT JOIN alert_events e ON e.incident_id = i.id GROUP BY i.id ORDER BY i.subject, i.opened_at`,
  );
  return rows;
};

describe('alerts of a cluster in the database (F16)', () => {
  it('are opened and ended once, whoever judges, and an instance that lost the lease writes nothing', async () => {
    await kept();
    const [one, two] = [instance('one'), instance('two')];
    await two.tick({ a: 500 });
    expect(await incidents()).toEqual([]);
    expect(await one.take()).toBe(true);
    expect(await two.take()).toBe(false);
    await one.tick({ a: 500, b: 1 });
    await one.tick({ a: 501, b: 1 });
    await leaseEnds();
    expect(await two.take()).toBe(true);
    // It was halted, and believes in its lease.
    await one.tick({ a: 1, b: 500 });
    expect(await incidents()).toMatchObject([{ subject: 'a', resolution: null, events: ['opened'] }]);
    await two.tick({ a: 502, b: 500 });
    await one.tick({ a: 1, b: 1 });
    await two.tick({ a: 100, b: 500 });
    expect(await incidents()).toMatchObject([
      {
        subject: 'a',
        resolution: 'back',
        last_value: 100,
        events: ['opened', 'resolved'],
        summary: 'Group a on Keeper: lag is 500 records, above 100 records.',
      },
      { subject: 'b', resolution: null, events: ['opened'] },
    ]);
    expect([one.changes(), two.changes()]).toEqual([1, 2]);
  });

  it('count on after a restart what had begun to hold', async () => {
    await kept({ forMinutes: 5 });
    const [one, two] = [instance('one'), instance('two')];
    await one.take();
    await one.tick({ a: 500, b: 500 });
    await one.tick({ a: 500, b: 1 });
    const { rows } = await pool().query('SELECT subject FROM alert_pending');
    expect(rows).toEqual([{ subject: 'a' }]);
    await pool().query("UPDATE alert_pending SET since_at = now() - interval '6 minutes'");
    await leaseEnds();
    await two.take();
    await two.tick({ a: 500, b: 500 });
    expect(await incidents()).toMatchObject([{ subject: 'a', events: ['opened'] }]);
    expect((await pool().query('SELECT subject FROM alert_pending')).rows).toEqual([{ subject: 'b' }]);
  });

  it('begin to count anew when nobody looked for long', async () => {
    await kept({ forMinutes: 5 });
    const [one, two] = [instance('one'), instance('two')];
    await one.take();
    await one.tick({ a: 500 });
    await pool().query("UPDATE alert_pending SET since_at = now() - interval '3 hours'");
    await leaseEnds();
    await two.take();
    await two.tick({ a: 500 });
    expect(await incidents()).toEqual([]);
    const { rows } = await pool().query(
      "SELECT since_at > now() - interval '1 minute' AS anew FROM alert_pending",
    );
    expect(rows).toEqual([{ anew: true }]);
  });

  it('are not lost with a write that failed', async () => {
    await kept({ series: 'group.lost', condition: { is: 'changed', direction: 'up', minutes: 15 } });
    const one = instance('one');
    await one.take();
    await one.tick({ a: 3 }, 'group.lost');
    await pool().query('ALTER TABLE alert_incidents RENAME TO alert_incidents_away');
    await one.tick({ a: 4 }, 'group.lost');
    await one.tick({ a: 4 }, 'group.lost');
    await pool().query('ALTER TABLE alert_incidents_away RENAME TO alert_incidents');
    await one.tick({ a: 4 }, 'group.lost');
    await one.tick({ a: 4 }, 'group.lost');
    expect(await incidents()).toMatchObject([{ subject: 'a', resolution: null, events: ['opened'] }]);
    // Nor do they end with a restart.
    await leaseEnds();
    const two = instance('two');
    await two.take();
    await two.tick({ a: 4 }, 'group.lost');
    expect(await incidents()).toMatchObject([{ subject: 'a', resolution: null, events: ['opened'] }]);
  });

  it.each(['at once', 'after a restart'])(
    'of another series of their rule are other ones, %s',
    async (when) => {
      const rule = await kept();
      const one = instance('one');
      await one.take();
      await one.tick({ a: 500 });
      await updateAlertRule(rule.id, rule.version, {
        ...fieldsOfRule(rule),
        isEnabled: true,
        series: 'group.members',
      });
      let judging = one;
      if (when === 'after a restart') {
        await leaseEnds();
        judging = instance('two');
        await judging.take();
      }
      await judging.tick({ a: 900 }, 'group.members');
      expect(await incidents()).toMatchObject([
        { resolution: 'rule-changed', last_value: 500, events: ['opened', 'resolved'] },
        { resolution: null, last_value: 900, events: ['opened'] },
      ]);
      await judging.tick({ a: 1 }, 'group.members');
      expect(await incidents()).toMatchObject([{ resolution: 'rule-changed' }, { resolution: 'back' }]);
    },
  );

  it('end with their rule, and with their cluster', async () => {
    const rule = await kept();
    const one = instance('one');
    await one.take();
    await one.tick({ a: 500 });
    await deleteAlertRule(rule.id, rule.version);
    await one.tick({ a: 500 });
    expect(await incidents()).toMatchObject([{ resolution: 'rule-deleted', events: ['opened', 'resolved'] }]);
    await kept();
    await one.tick({ b: 500 });
    expect(await resolveOfRemovedClusters('gone')).toBe(1);
    expect(await resolveOfRemovedClusters('gone')).toBe(0);
    expect(await incidents()).toMatchObject([{}, { subject: 'b', resolution: 'cluster-removed' }]);
  });
});
