import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { pool } from '#lib/gateways/database/client.ts';
import { appendSample } from '#lib/gateways/database/series.ts';
import { alertOffers } from '#lib/model/alert-offers.ts';
import type { RulePreview } from '#lib/model/alert-preview.ts';
import type { Command } from '#lib/operations/define-command.ts';
import { runCommand, runPlan } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { sampleCluster as clusterId } from '#lib/testing/verb-samples.ts';
import { adoptRules } from './adopt-rules.ts';
import { createRule } from './create-rule.ts';
import { deleteRule } from './delete-rule.ts';
import { exportRules } from './export-rules.ts';
import { importRules, planImportRules } from './import-rules.ts';
import { listRules } from './list-rules.ts';
import { switchRule } from './switch-rule.ts';
import { planUpdateRule, updateRule } from './update-rule.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await registerSampleCluster();
});
afterAll(() => database.close());

const context = contextAs('operator');
async function done<I extends z.ZodType, R>(command: Command<I, R>, input: z.input<I>): Promise<R> {
  const result = await runCommand(command, context, input);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}
const codeOf = async <I extends z.ZodType, R>(command: Command<I, R>, input: z.input<I>) => {
  const result = await runCommand(command, context, input);
  return result.ok ? null : result.problem.code;
};
const names = async () => {
  const listed = await runQuery(listRules, context, {});
  if (!listed.ok) throw new Error(JSON.stringify(listed.problem));
  return listed.value.rows.map(({ name, isEnabled }) => `${name}${isEnabled ? '' : ' (off)'}`);
};
const late = { name: 'Late', series: 'group.lag' as const, condition: { is: 'above' as const, value: 100 } };

describe('alert rules', () => {
  it('are kept, changed as they were seen, switched and deleted', async () => {
    const { id } = await done(createRule, late);
    expect(await codeOf(createRule, late)).toBe('rule.exists');
    await done(updateRule, { ...late, id, version: 1, forMinutes: 5 });
    expect(await codeOf(updateRule, { ...late, id, version: 1 })).toBe('rule.version');
    await done(switchRule, { id, version: 2, isEnabled: false });
    expect(await names()).toEqual(['Late (off)']);
    expect(await codeOf(deleteRule, { id, version: 2 })).toBe('rule.version');
    await done(deleteRule, { id, version: 3 });
    expect(await codeOf(deleteRule, { id, version: 3 })).toBe('rule.not-found');
  });

  it('of the first day come by one press, once', async () => {
    const wanted = alertOffers.filter(({ isForDayOne }) => isForDayOne);
    await done(createRule, { ...late, name: wanted[0]!.rule.name });
    expect(await done(adoptRules, {})).toEqual({ added: wanted.length - 1 });
    expect(await done(adoptRules, {})).toEqual({ added: 0 });
    await pool().query('DELETE FROM alert_rules');
  });

  it('are exported and imported by a plan that says what becomes of each', async () => {
    await done(createRule, late);
    await done(createRule, { ...late, name: 'Other' });
    const exported = await runQuery(exportRules, context, {});
    if (!exported.ok) throw new Error('not exported');
    const text = exported.value.yaml
      .replace('value: 100', 'value: 2k')
      .replace(
        / {2}- name: Other[\s\S]*$/,
        '  - name: New\n    series: group.lag\n    condition: { is: absent }\n',
      );
    const planned = await runPlan(planImportRules, context, { text, isAll: true });
    if (!planned.ok) throw new Error(JSON.stringify(planned.problem));
    expect(planned.value.changes.map(({ name, act }) => `${act} ${name}`)).toEqual([
      'change Late',
      'create New',
      'delete Other',
    ]);
    const { digest } = planned.value;
    await done(createRule, { ...late, name: 'Came between' });
    expect(await codeOf(importRules, { text, isAll: true, digest })).toBe('plan.moved');
    const some = await runPlan(planImportRules, context, { text });
    if (!some.ok) throw new Error(JSON.stringify(some.problem));
    expect(await done(importRules, { text, digest: some.value.digest })).toEqual({
      created: 1,
      changed: 1,
      kept: 0,
      deleted: 0,
    });
    expect(await names()).toEqual(['Came between', 'Late', 'New', 'Other']);
    const again = await runQuery(exportRules, context, {});
    expect(again.ok && again.value.yaml).toContain('value: 2000');
    expect(await codeOf(importRules, { text: 'rules: [1]', digest: 'x' })).toBe('input.invalid');
  });
});

describe('the preview', () => {
  const minute = 60_000;
  const tried = async (input: z.input<typeof planUpdateRule.input>): Promise<RulePreview> => {
    const result = await runPlan(planUpdateRule, context, input);
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    return result.value;
  };

  it('says how often a rule would have fired on what is stored, for whom and when', async () => {
    const start = Date.now() - 60 * minute;
    for (let i = 0; i < 60; i++) {
      const isHigh = (i >= 10 && i < 20) || (i >= 30 && i < 33) || i >= 50;
      await appendSample(clusterId, start + i * minute, [
        { kind: 'cluster.reachable', name: '', value: 1 },
        { kind: 'group.lag', name: 'billing', value: isHigh ? 200 + i : 10 },
        { kind: 'group.lag', name: 'calm', value: 10 },
        { kind: 'group.lag', name: 'wild.test', value: 999 },
      ]);
    }
    const scope = { names: '*', except: '*.test' };
    const rule = { ...late, scope };
    const preview = await tried({ rule, range: '24h' });
    expect(preview).toMatchObject({ subjects: 2, judged: 2, fired: 3, sinceMs: start });
    expect(preview.episodes.map(({ subject, fromMs, toMs, peak }) => [subject, fromMs, toMs, peak])).toEqual([
      ['billing', start + 50 * minute, null, 259],
      ['billing', start + 30 * minute, start + 33 * minute, 232],
      ['billing', start + 10 * minute, start + 20 * minute, 219],
    ]);
    expect(preview.chart).toMatchObject({ subject: 'billing', clusterId });
    expect(preview.chart?.values).toHaveLength(60);
    expect(await tried({ rule: { ...rule, forMinutes: 5 }, range: '24h' })).toMatchObject({ fired: 2 });
    const focus = { clusterId, subject: 'calm' };
    expect(await tried({ rule, range: '24h', focus })).toMatchObject({
      chart: { subject: 'calm', episodes: [] },
    });
    const elsewhere = { ...rule, scope: { ...scope, clusters: ['elsewhere'] } };
    expect(await tried({ rule: elsewhere, range: '24h' })).toMatchObject({
      subjects: 0,
      fired: 0,
      chart: null,
    });
  });

  it('has names that are missed, and the dips of what is bad when it is low', async () => {
    const start = Date.now() - 40 * minute;
    for (let i = 0; i < 40; i++)
      await appendSample(clusterId, start + i * minute, [
        { kind: 'cluster.reachable', name: '', value: 1 },
        { kind: 'connector.state', name: 'sink', value: i === 20 ? 0 : 1 },
        { kind: 'connector.state', name: 'calm', value: 1 },
      ]);
    const scope = { names: 'sink, never, *.x, not', except: 'not' };
    const rule = { ...late, series: 'connector.state' as const, scope };
    const absent = await tried({ rule: { ...rule, condition: { is: 'absent' } }, range: '24h' });
    expect(absent).toMatchObject({ subjects: 2, judged: 2 });
    expect(absent.episodes.map(({ subject, toMs }) => [subject, toMs])).toContainEqual(['never', null]);
    const failed = { ...rule, condition: { is: 'equals' as const, values: ['failed'] } };
    expect(await tried({ rule: { ...failed, missing: 'alert' }, range: '24h' })).toMatchObject({
      subjects: 2,
    });
    expect(await tried({ rule: failed, range: '24h' })).toMatchObject({
      ...{ subjects: 1, fired: 1, episodes: [{ subject: 'sink', peak: 0 }] },
    });
  });
});
