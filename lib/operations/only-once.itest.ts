import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { commands } from '#lib/services/commands.ts';
import { phasesOf } from '#lib/testing/audit-rows.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { canary, commandSamples } from '#lib/testing/verb-samples.ts';
import type { AnyCommand } from './define-command.ts';
import { runCommand } from './run-command.ts';

/** F8, asked of every command there is: needs a database and no Kafka. */

let database: TestDatabase;
const real = commands.filter((verb): verb is AnyCommand => verb.kind === 'command');
const inputOf = (verb: { name: string }) => commandSamples[verb.name]?.input ?? {};
const adminContext = () => contextAs('admin');

beforeAll(async () => {
  database = await openTestDatabase();
  await registerSampleCluster();
});
afterAll(() => database.close());

describe('F8: a change that arrives twice is made once', () => {
  it.each(real)('$name', async (verb) => {
    const context = adminContext();
    const once = { requestId: randomUUID() };
    const made = { at: 'first', secret: canary };
    const run = vi.fn(async () => made);
    // What the verb says of its own results does not fit the one that stands for them here.
    const counted: AnyCommand = { ...verb, run, noted: undefined, ended: undefined };
    const both = await Promise.all([
      runCommand(counted, context, inputOf(verb), once),
      runCommand(counted, context, inputOf(verb), once),
    ]);
    const again = await runCommand(counted, context, inputOf(verb), once);
    expect(run).toHaveBeenCalledTimes(1);
    expect(await phasesOf(context.requestId)).toEqual(['started', 'succeeded']);
    const { rows } = await pool().query('SELECT * FROM idempotency_keys WHERE key = $1', [once.requestId]);
    if (verb.isAnswerSecret) {
      expect(both.filter((result) => result.ok)).toMatchObject([{ ok: true, value: made }]);
      expect(again).toMatchObject({ problem: { code: 'idempotency.answered' } });
      expect(JSON.stringify(rows)).not.toContain(canary);
    } else {
      expect(both[1]).toEqual(both[0]);
      expect(again).toEqual(both[0]);
    }
  });

  const verb: AnyCommand = {
    ...real.find((one) => one.name === 'topic.create')!,
    noted: undefined,
    revalidate: undefined,
  };
  const input = () => inputOf(verb);

  it('what was refused may be tried again with the same key', async () => {
    const once = { requestId: randomUUID() };
    const context = adminContext();
    const run = vi
      .fn()
      .mockRejectedValueOnce(new AppError('topic.exists', { topic: 'x' }))
      .mockResolvedValue({ topic: 'x' });
    expect(await runCommand({ ...verb, run }, context, input(), once)).toMatchObject({ ok: false });
    expect(await runCommand({ ...verb, run }, context, input(), once)).toMatchObject({ ok: true });
  });

  it.each([
    ['unknown', new AppError('outcome.unknown', { reason: 'the connection was lost' })],
    ['a fault of ours', new TypeError('x')],
  ])('what ended as %s is not tried again with the same key', async (_name, error) => {
    const once = { requestId: randomUUID() };
    const context = adminContext();
    const run = vi.fn().mockRejectedValue(error);
    const first = await runCommand({ ...verb, run }, context, input(), once);
    expect(await runCommand({ ...verb, run }, context, input(), once)).toEqual(first);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('a key is of one person and of one request', async () => {
    const once = { requestId: randomUUID() };
    const context = adminContext();
    const run = vi.fn(async () => ({}));
    await runCommand({ ...verb, run }, context, input(), once);
    const other = { ...input(), topic: 'another' };
    expect(await runCommand({ ...verb, run }, context, other, once)).toMatchObject({
      problem: { code: 'idempotency.reused' },
    });
    await runCommand({ ...verb, run }, adminContext(), input(), once);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it.each([{ requestId: 'no uuid' }, { requestId: randomUUID(), more: 1 }, 7, null])(
    'a key that is none (%j) is refused',
    async (once) => {
      const run = vi.fn();
      expect(await runCommand({ ...verb, run }, adminContext(), input(), once)).toMatchObject({
        problem: { code: 'input.invalid' },
      });
      expect(run).not.toHaveBeenCalled();
    },
  );

  it('what a person may not do is refused before the key is looked at', async () => {
    const once = { requestId: randomUUID() };
    const context = adminContext();
    await runCommand({ ...verb, run: async () => ({ at: 'first' }) }, context, input(), once);
    const demoted = contextAs('viewer', { userId: context.principal.userId });
    expect(await runCommand(verb, demoted, input(), once)).toMatchObject({
      problem: { code: 'auth.forbidden' },
    });
  });
});
