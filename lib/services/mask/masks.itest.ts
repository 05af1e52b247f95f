import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { pool } from '#lib/gateways/database/client.ts';
import type { Role } from '#lib/model/role.ts';
import type { Command } from '#lib/operations/define-command.ts';
import { runCommand, runPlan } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { createMask } from './create-mask.ts';
import { deleteMask } from './delete-mask.ts';
import { listMasks } from './list-masks.ts';
import { masksFor } from './masks-for.ts';
import { planUpdateMask, updateMask } from './update-mask.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function done<I extends z.ZodType, R>(command: Command<I, R>, input: z.input<I>): Promise<R> {
  const result = await runCommand(command, contextAs('admin'), input);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}
const codeOf = async <I extends z.ZodType, R>(command: Command<I, R>, input: z.input<I>) => {
  const result = await runCommand(command, contextAs('admin'), input);
  return result.ok ? null : result.problem.code;
};
const rules = [{ side: 'value' as const, select: 'path' as const, at: 'card', action: 'hash' as const }];
const namesFor = async (role: Role, topic: string, cluster = 'eu') =>
  (await masksFor({ role }, cluster, topic))?.value.policies.map(({ name }) => name) ?? [];

describe('R19: masking policies', () => {
  it('hold by topic, cluster and role, from the next reading on, until they are gone', async () => {
    const cards = await done(createMask, {
      name: 'Cards',
      topicPattern: 'pay.*',
      rules,
      unmaskRole: 'operator',
    });
    const all = await done(createMask, {
      name: 'Closed',
      clusterId: 'eu',
      topicPattern: 'pay.x',
      base: 'mask',
    });
    expect(await namesFor('developer', 'pay.x')).toEqual(['Cards', 'Closed']);
    expect(await namesFor('operator', 'pay.x')).toEqual(['Closed']);
    expect(await namesFor('admin', 'pay.x')).toEqual(['Closed']);
    expect(await namesFor('developer', 'pay.y')).toEqual(['Cards']);
    expect(await namesFor('developer', 'pay.x', 'us')).toEqual(['Cards']);
    expect(await namesFor('developer', 'pay_x')).toEqual([]);

    const before = await masksFor({ role: 'developer' }, 'eu', 'pay.y');
    expect((await masksFor({ role: 'viewer' }, 'us', 'pay.z'))?.id).toBe(before?.id);
    await done(updateMask, { id: cards.id, version: 1, name: 'Cards', topicPattern: 'pay.*', rules });
    expect(await namesFor('admin', 'pay.y')).toEqual(['Cards']);
    const after = await masksFor({ role: 'developer' }, 'eu', 'pay.y');
    expect(after?.value.policies[0]?.hashKey).toBe(before?.value.policies[0]?.hashKey);

    expect(await codeOf(updateMask, { id: cards.id, version: 1, name: 'x', topicPattern: '*', rules })).toBe(
      'mask.version',
    );
    expect(await codeOf(createMask, { name: 'Closed', topicPattern: '*', rules })).toBe('mask.exists');
    expect(await codeOf(deleteMask, { id: cards.id, version: 1 })).toBe('mask.version');
    await done(deleteMask, { id: cards.id, version: 2 });
    await done(deleteMask, { id: all.id, version: 1 });
    expect(await codeOf(deleteMask, { id: all.id, version: 1 })).toBe('mask.not-found');
    expect(await masksFor({ role: 'viewer' }, 'eu', 'pay.x')).toBeNull();
  });

  it('keep the key of their digests sealed and to themselves (R18)', async () => {
    const { id } = await done(createMask, { name: 'Sealed', topicPattern: 's', rules });
    const key = (await masksFor({ role: 'viewer' }, 'eu', 's'))?.value.policies[0]?.hashKey ?? '';
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    const { rows } = await pool().query(
      `SELECT (SELECT string_agg(t::text, '') FROM masking_policies t) || (SELECT string_agg(t::text, '') FROM sealed_secrets t)
         || (SELECT string_agg(t::text, '') FROM audit_events t) AS dump`,
    );
    expect(rows[0].dump).not.toContain(key);
    const listed = await runQuery(listMasks, contextAs('operator'), {});
    expect(JSON.stringify(listed)).not.toContain(key);
    expect(listed).toMatchObject({ ok: true, value: { rows: [{ id, name: 'Sealed', version: 1 }] } });
  });

  it('that hide nothing are refused; one that cannot be read any more hides everything', async () => {
    const show = [{ ...rules[0]!, action: 'show' as const }];
    expect(await codeOf(createMask, { name: 'n', topicPattern: '*', rules: show })).toBe('input.invalid');
    expect(
      await codeOf(createMask, { name: 'n', topicPattern: '*', rules: [{ ...rules[0]!, at: 'a..b' }] }),
    ).toBe('input.invalid');
    const { id } = await done(createMask, { name: 'Later', topicPattern: 'later', rules });
    await pool().query(`UPDATE masking_policies SET rules = '{"rules": [{"side": "moon"}]}' WHERE id = $1`, [
      id,
    ]);
    expect((await masksFor({ role: 'viewer' }, 'eu', 'later'))?.value.policies).toMatchObject([
      { name: 'Later', base: 'mask', rules: [] },
    ]);
  });

  it('are tried on a sample before they are kept', async () => {
    const tried = async (input: z.input<typeof planUpdateMask.input>) => {
      const result = await runPlan(planUpdateMask, contextAs('admin'), input);
      if (!result.ok) throw new Error(JSON.stringify(result.problem));
      return result.value.sample;
    };
    const hide = [{ ...rules[0]!, action: 'hide' as const }];
    expect(await tried({ rules: hide, sample: '{"card": 1, "n": 9007199254740993}' })).toMatchObject({
      text: '{"card": "[hidden by this policy]", "n": 9007199254740993}',
      isMasked: true,
    });
    expect(await tried({ rules: hide, sample: 'card: 1' })).toMatchObject({
      text: '[hidden by this policy]',
    });
    const header = [{ ...hide[0]!, side: 'header' as const, at: 'auth*' }];
    expect(
      await tried({ rules: header, side: 'header', sample: 'Authorization: x\ntrace: y' }),
    ).toMatchObject({
      text: 'Authorization: [hidden by this policy]\ntrace: y',
    });
    expect(await tried({ rules: hide })).toBeNull();
  });
});
