import { globSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { plainPlan } from '#lib/serde/decode-plan.ts';
import { recordBatch } from '#lib/testing/record-batches.ts';
import type { SiftAnswer } from '../findings.ts';
import { ScanPool, ScanWorkerError } from '../pool.ts';
import { filterFact } from '../search-fact.ts';

const pool = new ScanPool({ root: process.cwd(), size: 1, filterMs: 500 });
afterAll(() => pool.close());

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const body = JSON.stringify({
  s: 'a'.repeat(100_000),
  list: numbers(60),
  long: numbers(300),
  longer: numbers(4000),
});
const record = Buffer.from(body.replace('{', '{"__proto__":{"admin":true},'));
const batch = () =>
  recordBatch(
    numbers(20).map((i) => ({ offset: BigInt(100 + i), value: i === 7 ? record : Buffer.from('{"s":"b"}') })),
  );

type End = { refused: string } | { matched: number; failed: number } | { stopped: string };

/** An expression as a search runs it: checked in a worker, then asked of records there. */
async function ask(where: string): Promise<End> {
  // Who asks for what failed has every record evaluated.
  const fact = filterFact({ where, show: 'failed' });
  const plan = plainPlan('t');
  const prepared = await pool.run(
    new Uint8Array(),
    { kind: 'prepare', filter: fact.id, plan },
    { facts: [fact] },
  );
  if ('problem' in prepared.value) return { refused: prepared.value.problem.message };
  const task = {
    ...{ kind: 'sift' as const, filter: fact.id, plan, partition: 3, from: 0n, to: 1000n, latestMs: 1e15 },
    ...{ isolation: 'read_committed' as const, aborted: [], maxInflatedBytes: 1e8 },
  };
  try {
    let [matched, failed] = [0, 0];
    // A slow filter gives its worker back now and then; a search goes on where it stood.
    for (let from: bigint | undefined = 0n; from !== undefined; ) {
      const { value }: { value: SiftAnswer | { needs: string[] } } = await pool.run(
        batch(),
        { ...task, from },
        { facts: [fact] },
      );
      if ('needs' in value) throw new Error('nothing is missing');
      matched += value.matched;
      failed += value.failed;
      from = value.stoppedAt;
    }
    return { matched, failed };
  } catch (error) {
    if (!(error instanceof ScanWorkerError)) throw error;
    return { stopped: `${error.reason} at ${error.filtering?.partition}/${error.filtering?.offset}` };
  }
}

const nested = (depth: number, macro: string, list: string, inner: string): string =>
  depth === 0 ? inner : `${list}.${macro}(x${depth}, ${nested(depth - 1, macro, list, inner)})`;

describe('R28: expressions that mean harm end, and give nothing away', () => {
  const noFunction = { matched: 0, failed: 20 };
  test.each<[string, string, object]>([
    ['the constructor', 'value.constructor', noFunction],
    ['the prototype', 'value.__proto__', noFunction],
    ['the function constructor', 'value["constructor"]["constructor"]', noFunction],
    ['a field that is named as the prototype', 'value.__proto__.admin', { matched: 1, failed: 19 }],
    [
      'a method of objects',
      'value.toString()',
      { refused: expect.stringContaining('no function `toString`') },
    ],
    ['an inherited name', 'has(value.hasOwnProperty)', { matched: 0, failed: 0 }],
    ['the constructor of a text', '"".constructor', noFunction],
    ['the constructor of a list', '[1].constructor', noFunction],
    ['a pattern that explodes elsewhere', 'value.s.matches("^(a+)+$")', { matched: 1, failed: 0 }],
    [
      'a pattern of thousands of steps',
      'value.s.matches("(?:a?){1000}a{1000}")',
      { refused: expect.stringContaining('too large') },
    ],
    [
      'a text that doubles and doubles',
      `["aaaaaaaaaa"]${'.map(x, x + x + x + x + x + x + x + x)'.repeat(7)}[0] == ""`,
      noFunction,
    ],
    [
      'five nested loops',
      nested(5, 'all', 'value.list', 'true'),
      { refused: expect.stringContaining('2 within') },
    ],
    [
      'three nested lists',
      `${nested(3, 'map', 'value.long', '1')} == []`,
      { refused: expect.stringContaining('2 within') },
    ],
    [
      'lists of long texts',
      'value.list.map(x, value.s + value.s).map(y, y + y + y).size() == 60',
      { matched: 1, failed: 19 },
    ],
    [
      '5,000 brackets',
      `${'('.repeat(5000)}true${')'.repeat(5000)}`,
      { refused: expect.stringContaining('2048 bytes') },
    ],
    [
      'as many brackets as fit',
      `${'('.repeat(1000)}true${')'.repeat(1000)}`,
      { refused: expect.stringContaining('deep') },
    ],
    [
      '20,000 alternatives',
      Array.from({ length: 20_000 }, () => 'true').join('||'),
      { refused: expect.stringContaining('2048 bytes') },
    ],
    ['50,000 negations', `${'!'.repeat(50_000)}true`, { refused: expect.stringContaining('2048 bytes') }],
    ['as many negations as fit', `${'!'.repeat(2000)}value.a`, { matched: 0, failed: 20 }],
    ['a number that does not fit', '9223372036854775807 + 1 > 0', noFunction],
  ])('%s', async (_, where, end) => {
    expect(await ask(where)).toEqual(end);
  });

  test('two loops over a long list fail on the record that has it', async () => {
    expect(await ask('!has(value.longer) || value.longer.all(x, value.longer.all(y, x + y > -1))')).toEqual({
      matched: 19,
      failed: 1,
    });
  });

  test('one that does not end is stopped and says on which record; the next one is answered', async () => {
    const endless = 'has(value.longer) && value.longer.all(x, value.longer.all(y, type(x) == type(y)))';
    expect(await ask(endless)).toEqual({ stopped: 'timeout at 3/107' });
    expect(await ask('value.s == "b"')).toEqual({ matched: 19, failed: 0 });
  });

  test('one that takes all memory costs its worker, not the process', async () => {
    const greedy = `value.s == "b" ? false : value.longer.map(x, value.longer.map(y, "${'a'.repeat(200)}" + string(dyn(x) + dyn(y)) + "b")).size() == type(1)`;
    expect(await ask(greedy)).toEqual({ stopped: expect.stringMatching(/^(timeout|memory) at 3\/107$/) });
    expect(await ask('value.s == "b"')).toEqual({ matched: 19, failed: 0 });
  });
});

test('expressions are compiled in workers only, and the evaluator is known to the filter alone', () => {
  const importers = (of: string) =>
    globSync(['{app,components,lib}/**/*.{ts,tsx}'])
      .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.test.tsx'))
      .filter((path) => readFileSync(path, 'utf8').includes(of))
      .map((path) => path.replace(/\/[^/]*$/, ''));
  expect([...new Set(importers("from '@bufbuild/cel'"))]).toEqual(['lib/scan/filter']);
  expect([...new Set(importers("compile-filter.ts'"))]).toEqual(['lib/scan']);
});
