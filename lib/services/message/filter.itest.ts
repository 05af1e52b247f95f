import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { searchAudit } from '#lib/gateways/database/audit-search.ts';
import type { Role } from '#lib/model/principal.ts';
import type { Query } from '#lib/operations/define-query.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { clusterId, topicSuite } from '#lib/testing/topic-suite.ts';
import { checkFilter } from './check-filter.ts';
import { listFields } from './list-fields.ts';
import { listMessages } from './list-messages.ts';

/** Filter expressions against the real cluster: checked, tried on one record, and asked of all. */
const suite = topicSuite('filter');

async function ask<I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  input: z.input<I>,
  role: Role = 'developer',
) {
  const result = await runQuery(query, contextAs(role), input);
  if (!result.ok) throw new Error(`${query.name}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

const values = [
  '{"id":9007199254740993,"status":"FAILED","amount":120.5,"buyer":{"city":"Paris"}}',
  '{"id":9007199254740992,"status":"PAID","amount":1e2}',
  '{"id":7,"status":"\\u0046AILED","amount":101}',
  '{"status":"FAILED"}',
  'no JSON',
];

async function filled(name: string): Promise<string> {
  const topic = await suite.create(name);
  for (const [i, value] of values.entries()) {
    await suite.client.produce({
      topic,
      key: Buffer.from(`k${i}`),
      value: Buffer.from(value),
      headers: [{ name: 'trace', value: Buffer.from(`t${i}`) }],
      partition: 0,
      timestampMs: Date.now(),
    });
  }
  return topic;
}

describe('an expression', () => {
  it('is asked of every record: escapes, spellings of numbers and the last digit count', async () => {
    const topic = await filled('asked');
    const found = async (where: string) => {
      const page = await ask(listMessages, { clusterId, topic, where, order: 'oldest' });
      return { keys: page.rows.map(({ key }) => key?.text), failed: page.read.failed };
    };
    expect((await found('value.status == "FAILED" && value.amount > 100')).keys).toEqual(['k0', 'k2']);
    expect((await found('value.id == 9007199254740993')).keys).toEqual(['k0']);
    expect((await found('value.amount == 100')).keys).toEqual(['k1']);
    expect((await found('headers.trace == "t3" || key == "k4"')).keys).toEqual(['k3', 'k4']);
    const typo = await found('value.stauts == "FAILED"');
    expect(typo.keys).toEqual([]);
    expect(typo.failed).toBeGreaterThan(0);
  });

  it('is checked without reading anything: nothing of it is in the audit', async () => {
    const topic = await suite.create('checked');
    const wrong = await ask(checkFilter, { clusterId, topic, where: 'value.status = "x"' });
    expect(wrong).toEqual({
      problem: { message: 'Write `==` to compare.', from: 13, to: 14 },
      paths: [],
      pushedDown: [],
      trial: null,
    });
    const right = await ask(checkFilter, {
      clusterId,
      topic,
      where: 'value.status == "FAILED" && value.a > 1',
    });
    expect(right).toMatchObject({ problem: null, paths: ['value.status', 'value.a'], trial: null });
    expect(right.pushedDown.join()).toContain('FAILED');
    const audit = await searchAudit(
      { actions: ['message.check-filter'], targetId: topic },
      { page: 1, pageSize: 5 },
    );
    expect(audit.rows).toEqual([]);
  });

  it('is tried on one record, which is audited', async () => {
    const topic = await filled('tried');
    const trial = async (where: string, offset: string) =>
      (await ask(checkFilter, { clusterId, topic, where, partition: 0, offset })).trial;
    expect(await trial('value.buyer.city == "Paris"', '0')).toEqual({
      partition: 0,
      offset: '0',
      verdict: 'matched',
      reason: null,
      values: [{ path: 'value.buyer.city', type: 'string', text: 'Paris' }],
    });
    expect(await trial('value.buyer.city == "Paris"', '1')).toMatchObject({
      verdict: 'failed',
      reason: 'there is no value.buyer',
    });
    expect(await trial('value.amount > 200', '0')).toMatchObject({ verdict: 'unmatched' });
    const audit = await searchAudit(
      { actions: ['message.check-filter'], targetId: topic },
      { page: 1, pageSize: 5 },
    );
    expect(audit.rows).toHaveLength(3);
    expect(audit.rows[0]?.details).toMatchObject({ partition: 0, offset: '0', records: 1 });
    const absent = await runQuery(checkFilter, contextAs('developer'), {
      ...{ clusterId, topic, where: 'true', partition: 0, offset: '99' },
    });
    expect(absent).toMatchObject({ ok: false, problem: { code: 'message.not-yet' } });
  });

  it('a record is named by both numbers or none', async () => {
    const refused = await runQuery(checkFilter, contextAs('developer'), {
      ...{ clusterId, topic: 'any', where: 'true', partition: 0 },
    });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'input.invalid' } });
  });
});

describe('fields of a topic', () => {
  it('come from its newest records', async () => {
    const topic = await filled('fields');
    const { source, note, fields } = await ask(listFields, { clusterId, topic });
    expect({ source, note }).toEqual({ source: 'sample', note: 'From the newest 5 messages.' });
    expect(fields.map(({ path, type }) => `${path}: ${type}`).sort()).toEqual([
      'headers.trace: string',
      'key: string',
      'value.amount: double',
      'value.buyer.city: string',
      'value.buyer: map',
      'value.id: int',
      'value.status: string',
      'value: any',
    ]);
    expect(fields.find(({ path }) => path === 'value.buyer.city')?.sample).toBe('Paris');
  });

  it('of an empty topic are none', async () => {
    const topic = await suite.create('empty');
    expect(await ask(listFields, { clusterId, topic })).toMatchObject({
      fields: [],
      note: 'The topic has no messages that could be sampled.',
    });
  });
});
