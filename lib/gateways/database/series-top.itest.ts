import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { pool } from './client.ts';
import { appendSample } from './series.ts';
import { lanes } from './series-lane.ts';
import { listSeriesNames } from './series-names.ts';
import { rollUpSeries, toMinutes } from './series-rollup.ts';
import { sealSeries } from './series-seal.ts';
import { summariseSeries } from './series-top.ts';

let database: TestDatabase;
const start = Date.parse('2026-03-01T10:00:00Z');
const at = (i: number): number => start + i * 5_000;

beforeAll(async () => {
  database = await openTestDatabase();
  // `grows` by one each time; `late` comes with the 100th; `unknown` is never known; another kind lies between.
  for (let i = 0; i < 500; i++)
    await appendSample('top', at(i), [
      { kind: 'topic.records-in', name: 'grows', value: -1 },
      { kind: 'topic.size', name: 'grows', value: i },
      { kind: 'topic.size', name: 'falls', value: i === 300 ? Number.NaN : 1_000 - i },
      { kind: 'topic.size', name: 'unknown', value: Number.NaN },
      ...(i >= 100 ? [{ kind: 'topic.size', name: 'late', value: 7 }] : []),
    ]);
});

afterAll(() => database.close());

const numbers = (from: number, to: number, of: (i: number) => number, without = -1) => {
  const all = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((i) => i !== without);
  const values = all.map(of);
  return {
    count: values.length,
    first: values[0],
    last: values.at(-1),
    least: Math.min(...values),
    most: Math.max(...values),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
  };
};

describe('what all series of a kind come to', () => {
  for (const [what, from, to] of [
    ['whole chunks, cut ones and rows that are not packed', 10, 490],
    ['a stretch inside one chunk', 20, 60],
    ['the newest rows only', 481, 499],
    ['everything', 0, 499],
  ] as const) {
    it(`is what their points come to: ${what}`, async () => {
      const found = await summariseSeries('top', 'topic.size', { fromMs: at(from), toMs: at(to) });
      expect(found.get('grows')).toEqual(numbers(from, to, (i) => i));
      expect(found.get('falls')).toEqual(numbers(from, to, (i) => 1_000 - i, 300));
      expect(found.has('unknown')).toBe(false);
      if (to >= 100) expect(found.get('late')).toEqual(numbers(Math.max(100, from), to, () => 7));
      else expect(found.has('late')).toBe(false);
    });
  }

  it('is the same for chunks from before they carried it', async () => {
    await sealSeries('top', lanes.topics);
    const span = { fromMs: at(0), toMs: at(499) };
    const before = await summariseSeries('top', 'topic.size', span);
    await pool().query(
      'UPDATE series_chunks SET first = null, last = null, least = null, most = null, total = null',
    );
    expect(await summariseSeries('top', 'topic.size', span)).toEqual(before);
  });
});

describe('the mean of a series', () => {
  it('gives each stretch of time its share, however coarsely it is kept', async () => {
    const midnight = Date.parse('2026-03-02T00:00:00Z');
    const fill = async (from: number, value: number) => {
      for (let i = 0; i < 240; i++)
        await appendSample('aged', from + i * 5_000, [{ kind: 'topic.size', name: 'a', value }]);
      await sealSeries('aged', lanes.topics);
    };
    // Twenty minutes of 10 that become minutes, then twenty minutes of 40 as they were read.
    await fill(midnight, 10);
    await rollUpSeries(toMinutes, midnight + 3 * 3_600_000);
    await fill(midnight + 4 * 3_600_000, 40);
    const found = await summariseSeries('aged', 'topic.size', {
      fromMs: midnight,
      toMs: midnight + 86_400_000,
    });
    expect(found.get('a')).toEqual({ count: 260, first: 10, last: 40, least: 10, most: 40, mean: 25 });
  });
});

describe('names of a kind', () => {
  it('are searched as text, in any case, page by page', async () => {
    const asked = { clusterId: 'top', kind: 'topic.size', q: '', offset: 0, limit: 2 };
    expect(await listSeriesNames(asked)).toEqual({ names: ['falls', 'grows'], total: 4 });
    expect((await listSeriesNames({ ...asked, offset: 2 })).names).toEqual(['late', 'unknown']);
    expect(await listSeriesNames({ ...asked, q: 'OWS' })).toEqual({ names: ['grows'], total: 1 });
    expect(await listSeriesNames({ ...asked, q: '%' })).toEqual({ names: [], total: 0 });
  });
});
