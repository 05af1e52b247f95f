import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { permissions } from '#lib/model/permission.ts';
import { roles } from '#lib/model/role.ts';
import { queries } from '#lib/services/api/queries.ts';
import { readApi } from '#lib/services/api/read-api.ts';
import { commands } from '#lib/services/commands.ts';
import { auditRowsOf, phasesOf } from '#lib/testing/audit-rows.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { type FakeCluster, startFakeCluster } from '#lib/testing/fake-broker.ts';
import { contextAs, rolesBelow } from '#lib/testing/principals.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { canary, commandSamples, querySamples } from '#lib/testing/verb-samples.ts';
import type { AnyCommand } from './define-command.ts';
import type { AnyPlan } from './define-plan.ts';
import { runCommand, runPlan } from './run-command.ts';
import { runQuery } from './run-query.ts';

/**
 * The corridor, walked once for each verb there is. What the verbs themselves do is put aside by a `run` of the suite's
 * own, so that the suite needs no Kafka: it may not even be asked.
 */

let database: TestDatabase;
let fake: FakeCluster;
const real = commands.filter((verb): verb is AnyCommand => verb.kind === 'command');
const plans = commands.filter((verb): verb is AnyPlan => verb.kind === 'plan');
const inputOf = (verb: { name: string }) => commandSamples[verb.name]?.input ?? {};
const adminContext = () => contextAs('admin');

const walk = (verb: AnyCommand | AnyPlan, context = adminContext(), input: unknown = inputOf(verb)) =>
  verb.kind === 'plan' ? runPlan(verb, context, input) : runCommand(verb, context, input);

beforeAll(async () => {
  database = await openTestDatabase();
  fake = await startFakeCluster({ topics: 1 });
  await registerSampleCluster({ bootstrap: fake.bootstrap });
  await registerSampleCluster({ id: 'locked', readOnly: true, bootstrap: fake.bootstrap });
});

afterAll(async () => {
  await fake.stop();
  await database.close();
});

describe('R3, R15: who may not is refused, and that is written down', () => {
  it.each(commands)('$name', async (verb) => {
    const least = commandSamples[verb.name]?.least ?? 'viewer';
    for (const role of rolesBelow(least)) {
      const context = contextAs(role);
      const run = vi.fn();
      const result = await walk({ ...verb, run }, context);
      expect(result).toMatchObject({ ok: false, problem: { code: 'auth.forbidden', status: 403 } });
      expect(run).not.toHaveBeenCalled();
      const rows = await auditRowsOf(context.requestId);
      expect(rows).toMatchObject([
        {
          ...{ phase: 'denied', action: verb.name, error_code: 'auth.forbidden' },
          ...{ actor_id: context.principal.userId, actor_role: role, ip: '192.0.2.7' },
          details: { permission: verb.permission },
        },
      ]);
      expect(JSON.stringify(rows)).not.toContain(canary);
    }
    for (const role of roles.filter((one) => !rolesBelow(least).includes(one))) {
      const run = vi.fn(async () => ({}));
      const passing = { ...verb, run, noted: undefined, ended: undefined } as AnyCommand;
      expect(await walk(passing, contextAs(role))).toMatchObject({ ok: true });
      expect(run).toHaveBeenCalledTimes(1);
    }
  });

  it.each([...queries, readApi])('$name', async (query) => {
    const sample = querySamples[query.name]!;
    for (const role of roles) {
      const context = contextAs(role);
      const run = vi.fn(async () => ({}));
      const result = await runQuery({ ...query, run, audited: undefined }, context, sample.input);
      if (rolesBelow(sample.least).includes(role)) {
        expect(result).toMatchObject({ ok: false, problem: { code: 'auth.forbidden', status: 403 } });
        expect(run).not.toHaveBeenCalled();
        expect(await phasesOf(context.requestId)).toEqual(['denied']);
      } else {
        expect(result.ok).toBe(true);
        expect(await phasesOf(context.requestId)).toEqual([]);
      }
    }
  });
});

describe('R15: what runs leaves a beginning and an end', () => {
  const ends = [
    ['succeeded', async () => ({}), null],
    ['failed', () => Promise.reject(new AppError('topic.exists', { topic: 'x' })), 'topic.exists'],
    ['failed', () => Promise.reject(new TypeError('a fault of ours')), 'internal'],
    ['unknown', () => Promise.reject(new AppError('outcome.unknown', { reason: 'x' })), 'outcome.unknown'],
  ] as const;

  it.each(real)('$name', async (verb) => {
    for (const [phase, run, code] of ends) {
      const context = adminContext();
      const result = await walk({ ...verb, run, noted: undefined, ended: undefined }, context);
      const rows = await auditRowsOf(context.requestId);
      expect(rows).toMatchObject([
        { phase: 'started', action: verb.name, error_code: null },
        { phase, action: verb.name, error_code: code },
      ]);
      expect(new Set(rows.map((row) => row.operation_id))).toEqual(new Set([result.operationId]));
      expect(result.ok).toBe(phase === 'succeeded');
      expect(JSON.stringify([rows, result])).not.toContain(canary);
    }
  });

  it.each(plans)('$name changes nothing and leaves nothing', async (plan) => {
    const context = adminContext();
    await walk({ ...plan, run: async () => ({}) }, context);
    expect(await phasesOf(context.requestId)).toEqual([]);
  });

  it('a rate that is used up stops a verb before anything is written', async () => {
    const verb: AnyCommand = { ...real[0]!, run: async () => ({}), noted: undefined };
    const context = adminContext();
    const passing = () => walk(verb, { ...context, requestId: randomUUID() });
    for (let i = 0; i < 60; i++) expect(await passing()).toMatchObject({ ok: true });
    // A slow machine gives a token back meanwhile.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    while ((await passing()).ok);
    const refused = await walk(verb, context);
    vi.restoreAllMocks();
    expect(refused).toMatchObject({ problem: { code: 'rate.limited', status: 429 } });
    expect(await phasesOf(context.requestId)).toEqual([]);
  });
});

describe('R15: without the audit nothing is done', () => {
  beforeAll(() =>
    pool().query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no space left on device'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION refuse()`),
  );
  afterAll(() => pool().query('DROP TRIGGER refuse ON audit_events; DROP FUNCTION refuse()'));

  it.each(real)('$name', async (verb) => {
    const before = fake.connections.length;
    const run = vi.fn();
    expect(await walk({ ...verb, run })).toMatchObject({
      ok: false,
      problem: { code: 'audit.unavailable', status: 503 },
    });
    expect(run).not.toHaveBeenCalled();
    expect(await walk(verb)).toMatchObject({ problem: { code: 'audit.unavailable' } });
    expect(fake.connections.length).toBe(before);
  });

  it('message content is not shown either', async () => {
    for (const query of queries.filter((one) => one.audited)) {
      const run = async () => ({ rows: [], read: { records: 0 }, partitions: [] });
      const result = await runQuery(
        { ...query, run, audited: () => ({}) },
        adminContext(),
        querySamples[query.name]?.input,
      );
      expect(result).toMatchObject({ ok: false, problem: { code: 'audit.unavailable' } });
    }
  });
});

describe('R38: read-only', () => {
  const changing = real.filter((verb) => verb.changesCluster);
  const aboutClusters = /^(topic|broker|partition|message|group):/;

  it.each(real)('$name says whether it changes the cluster', (verb) => {
    expect(verb.changesCluster).toBe(
      aboutClusters.test(verb.permission) && !verb.permission.endsWith(':read'),
    );
    expect(permissions[verb.permission]).toBeDefined();
  });

  it.each(changing)('$name is refused on a read-only cluster', async (verb) => {
    const before = fake.connections.length;
    const context = adminContext();
    const run = vi.fn();
    const input = { ...inputOf(verb), clusterId: 'locked' };
    expect(await walk({ ...verb, run }, context, input)).toMatchObject({
      ok: false,
      problem: { code: 'cluster.read-only' },
    });
    expect(run).not.toHaveBeenCalled();
    expect(await phasesOf(context.requestId)).toEqual(['started', 'failed']);
    expect(fake.connections.length).toBe(before);
  });

  describe('of the whole deployment', () => {
    const settings = () => env() as { MILLRACE_READ_ONLY: boolean };
    afterEach(() => {
      settings().MILLRACE_READ_ONLY = false;
    });
    it.each(changing)('$name is refused', async (verb) => {
      settings().MILLRACE_READ_ONLY = true;
      const run = vi.fn();
      expect(await walk({ ...verb, run })).toMatchObject({ problem: { code: 'cluster.read-only' } });
      expect(run).not.toHaveBeenCalled();
    });
  });
});
