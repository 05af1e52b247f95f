import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { searchAudit } from '#lib/gateways/database/audit-search.ts';
import { maxTemplates, type SaveTemplateInput } from '#lib/model/message-template.ts';
import { runCommand } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { openTestDatabase } from '#lib/testing/database.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { sampleCluster } from '#lib/testing/verb-samples.ts';
import { deleteTemplate } from './delete-template.ts';
import { listTemplates } from './list-templates.ts';
import { saveTemplate } from './save-template.ts';

/** Templates of records, kept with their topic for all who may produce. */
let database: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  database = await openTestDatabase();
  await registerSampleCluster();
});
afterAll(() => database.close());

const place = { clusterId: sampleCluster, topic: 'sample.orders.v1' };
const draft = {
  key: 'order-{{counter}}',
  keyEncoding: 'text' as const,
  value: '{"card": "CANARY-31aa", "n": 9007199254740993, "at": "{{now}}"}',
  valueEncoding: 'schema' as const,
  valueSchema: { subject: 'sample-value', version: 2, message: '' },
  headers: [
    { name: 'b', value: '1', encoding: 'text' as const },
    { name: 'b', value: '/w==', encoding: 'base64' as const },
  ],
  partition: '3',
};
const save = (input: Partial<z.input<typeof SaveTemplateInput>>) =>
  runCommand(saveTemplate, contextAs('operator'), { ...place, name: 'An order', draft, ...input });
const listed = async (of: { clusterId: string; topic: string } = place) => {
  const result = await runQuery(listTemplates, contextAs('operator'), of);
  if (!result.ok) throw new Error(result.problem.what);
  return result.value.rows;
};

describe('templates of a topic', () => {
  it('are kept as they were written, for everyone, and only with their topic', async () => {
    expect(await save({})).toMatchObject({ ok: true, value: { name: 'An order' } });
    const [kept] = await listed();
    expect(kept).toMatchObject({ name: 'An order', owner: 'A operator' });
    expect(kept?.draft).toEqual({ ...draft, keySchema: null });
    expect(await listed({ ...place, topic: 'another' })).toEqual([]);
  });

  it('have one name each, and are saved over by their id, by anybody who may produce', async () => {
    expect(await save({})).toMatchObject({ ok: false, problem: { code: 'template.exists' } });
    const [kept] = await listed();
    const over = await save({ id: kept?.id, name: 'Another order', draft: { ...draft, partition: '' } });
    expect(over).toMatchObject({ ok: true, value: { id: kept?.id } });
    expect(await listed()).toMatchObject([{ name: 'Another order', draft: { partition: '' } }]);
    expect(await save({ id: 'no-such', name: 'x' })).toMatchObject({
      problem: { code: 'template.not-found' },
    });
  });

  it('are refused when a placeholder stands for nothing', async () => {
    const wrong = await save({ name: 'Wrong', draft: { ...draft, value: '{{user}}' } });
    expect(wrong).toMatchObject({ problem: { code: 'input.invalid' } });
    expect(wrong.ok ? '' : Object.values(wrong.problem.fields ?? {}).join()).toContain(
      '{{user}} stands for nothing',
    );
  });

  it('leave no payload in the audit', async () => {
    const { rows } = await searchAudit({ actions: ['template.save'] }, { page: 1, pageSize: 50 });
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('CANARY-31aa');
  });

  it('are deleted, and end at their number', async () => {
    const [kept] = await listed();
    const remove = () => runCommand(deleteTemplate, contextAs('operator'), { ...place, id: kept?.id ?? '' });
    expect(await remove()).toMatchObject({ ok: true });
    expect(await remove()).toMatchObject({ problem: { code: 'template.not-found' } });
    for (let i = 0; i < maxTemplates; i++) expect(await save({ name: `n-${i}` })).toMatchObject({ ok: true });
    expect(await save({ name: 'one more' })).toMatchObject({ problem: { code: 'template.too-many' } });
  });
});
