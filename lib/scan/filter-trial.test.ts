import { describe, expect, test } from 'vitest';
import { plainPlan } from '#lib/serde/decode-plan.ts';
import { recordBatch } from '#lib/testing/record-batches.ts';
import { runTrial } from './filter-trial.ts';

const value = Buffer.from(
  JSON.stringify({ status: 'FAILED', amount: 9, items: [{ sku: 'A' }, { sku: 'B' }], at: null }).replace(
    '9',
    '9007199254740993',
  ),
);
const bytes = recordBatch([
  {
    offset: 5n,
    timestamp: 1_763_720_000_000n,
    key: Buffer.from('k'),
    value,
    headers: [[Buffer.from('trace'), Buffer.from('t1')]],
  },
  { offset: 7n, value: Buffer.from([0xff, 0xfe]) },
]);
const trial = (where: string, offset = 5n) => {
  const answer = runTrial(bytes, {
    ...{ kind: 'trial', where, partition: 2, offset, maxInflatedBytes: 1e6, plan: plainPlan('t') },
  });
  if ('needs' in answer) throw new Error('nothing is missing');
  return answer.kind === 'tried' ? answer.trial : answer;
};

describe('one expression on one record', () => {
  test('says the verdict and what the record has where it was looked', () => {
    expect(
      trial('value.status == "FAILED" && headers.trace == "t1" && value.items.exists(i, i.sku == "B")'),
    ).toEqual({
      verdict: 'matched',
      reason: null,
      values: [
        { path: 'value.status', type: 'string', text: 'FAILED' },
        { path: 'headers.trace', type: 'string', text: 't1' },
        { path: 'value.items', type: 'list', text: '[{"sku":"A"},{"sku":"B"}]' },
        { path: 'value.items.sku', type: 'list', text: '["A","B"]' },
      ],
    });
    expect(trial('value.amount == 9007199254740992')).toEqual({
      verdict: 'unmatched',
      reason: null,
      values: [{ path: 'value.amount', type: 'int', text: '9007199254740993' }],
    });
  });

  test('says why it fails', () => {
    expect(trial('value.stauts == "x" && key == "k" && value.at == null')).toEqual({
      verdict: 'failed',
      reason: 'there is no value.stauts',
      values: [
        { path: 'value.stauts', type: 'missing', text: '' },
        { path: 'key', type: 'string', text: 'k' },
        { path: 'value.at', type: 'null', text: 'null' },
      ],
    });
    expect(trial('timestamp > 0 && offset == 5 && partition == 2 && size > 1')).toMatchObject({
      verdict: 'matched',
      values: [
        { path: 'timestamp', text: '2025-11-21T10:13:20.000Z' },
        { path: 'offset', text: '5' },
        { path: 'partition', text: '2' },
        { path: 'size', type: 'int' },
      ],
    });
  });

  test('what is not decoded is said so', () => {
    expect(trial('value.a == 1', 7n)).toMatchObject({
      verdict: 'undecoded',
      values: [{ path: 'value.a', type: 'not decoded' }],
    });
    expect(trial('value.a == 1', 6n)).toEqual({ kind: 'absent', reason: undefined });
  });

  test('asks for a schema even where the verdict stands without it', () => {
    const avro = recordBatch([
      { offset: 1n, key: Buffer.from('k'), value: Buffer.from('0000000007021234', 'hex') },
    ]);
    const task = { kind: 'trial' as const, partition: 2, offset: 1n, maxInflatedBytes: 1e6 };
    const plan = { ...plainPlan('t'), registry: 'r' };
    const where = 'value.a == 1 && key == "other"';
    expect(runTrial(Buffer.concat([avro]), { ...task, where, plan })).toEqual({ needs: ['schema:r:7'] });
    const last = runTrial(Buffer.concat([avro]), { ...task, where, plan, isFinal: true });
    expect(last).toMatchObject({
      trial: { verdict: 'unmatched', values: [{ type: 'not decoded' }, { text: 'k' }] },
    });
  });
});
