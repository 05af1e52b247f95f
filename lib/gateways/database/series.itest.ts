import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { closeDatabase, openDatabase, pool } from './client.ts';
import { startEmbedded } from './embedded/launcher.ts';
import { isAlive } from './embedded/owner.ts';
import { waitFor } from './embedded/wait.ts';
import { appendSample, readSeries, seriesSince } from './series.ts';
import { boundSeries, expireSeries } from './series-expire.ts';
import { lanes } from './series-lane.ts';
import { rollUpSeries, toMinutes, toQuarters } from './series-rollup.ts';
import { sealSeries } from './series-seal.ts';
import { levelSizes } from './series-size.ts';

let database: TestDatabase;
const start = Date.parse('2026-03-01T10:00:00Z');
const { topics } = lanes;
const rate = { kind: 'topic.records-in', name: 'orders' };
const size = { kind: 'topic.size', name: 'orders' };

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database.close());

const count = async (table: string): Promise<number> =>
  (await pool().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]!.n;

async function fill(clusterId: string, rows: number, from = start): Promise<void> {
  for (let i = 0; i < rows; i++) {
    await appendSample(clusterId, from + i * 5_000, [
      { ...rate, value: i + 0.5 },
      { ...size, value: i * 1_000 },
    ]);
  }
}

const read = (clusterId: string, changes: Partial<Parameters<typeof readSeries>[0]> = {}) =>
  readSeries({
    clusterId,
    series: [rate, size],
    fromMs: start,
    toMs: start + 86_400_000,
    maxPoints: 1_000,
    ...changes,
  });

describe('series store', () => {
  it('gives back the numbers at their times, in the order asked for', async () => {
    await fill('order', 3);
    expect(await read('order', { series: [size, rate] })).toEqual({
      stepMs: 5_000,
      at: [start, start + 5_000, start + 10_000],
      series: [
        { ...size, values: [0, 1_000, 2_000] },
        { ...rate, values: [0.5, 1.5, 2.5] },
      ],
    });
    expect(await seriesSince('order')).toBe(start);
    expect(await seriesSince('nothing')).toBeNull();
  });

  it('shows unknown numbers, missing series and pauses as gaps, never as zero', async () => {
    await appendSample('gaps', start, [{ ...rate, value: 0 }]);
    await appendSample('gaps', start + 5_000, [
      { ...rate, value: Number.NaN },
      { ...size, value: 7 },
    ]);
    await appendSample('gaps', start + 10_000, [
      { ...size, value: 8 },
      { ...rate, value: 3 },
    ]);
    await appendSample('gaps', start + 60_000, [
      { ...rate, value: 4 },
      { ...size, value: 9 },
    ]);
    const unknown = { kind: 'topic.size', name: 'never' };
    const answer = await read('gaps', { series: [rate, size, unknown] });
    expect(answer.at.map((at) => at - start)).toEqual([0, 5_000, 10_000, 15_000, 60_000]);
    expect(answer.series.map(({ values }) => values)).toEqual([
      [0, null, 3, null, 4],
      [null, 7, 8, null, 9],
      [null, null, null, null, null],
    ]);
  });

  it('reads the same before and after rows are packed, and across both', async () => {
    await fill('packed', 240);
    const before = await read('packed');
    expect(await count(`series_hot WHERE cluster_id = 'packed'`)).toBe(240);
    expect(await sealSeries('packed', topics)).toBe(2);
    expect(await count(`series_hot WHERE cluster_id = 'packed'`)).toBe(0);
    expect(await read('packed')).toEqual(before);
    await fill('packed', 5, start + 240 * 5_000);
    const across = await read('packed', { fromMs: start + 238 * 5_000, toMs: start + 242 * 5_000 });
    expect(across.series[0]!.values).toEqual([238.5, 239.5, 0.5, 1.5, 2.5]);
  });

  it('packs by itself, once, when 240 scrapes are there', async () => {
    await fill('itself', 245);
    expect(await count(`series_hot WHERE cluster_id = 'itself'`)).toBeLessThan(240);
    const answer = await read('itself');
    expect(answer.series[0]!.values).toEqual(Array.from({ length: 245 }, (_, i) => i + 0.5));
  });

  it('keeps what is known of a series that comes and goes while rows are packed', async () => {
    for (let i = 0; i < 240; i++) {
      const points = [{ ...rate, value: i }];
      if (i >= 100 && i < 103) points.push({ ...size, value: i === 101 ? Number.NaN : i });
      await appendSample('comes', start + i * 5_000, points);
    }
    await sealSeries('comes', topics);
    const answer = await read('comes', { series: [size], fromMs: start, toMs: start + 3_600_000 });
    expect(answer.at).toEqual([start + 500_000, start + 510_000]);
    expect(answer.series[0]!.values).toEqual([100, 102]);
  });

  it('puts more points than asked for together: the mean of each step', async () => {
    await fill('many', 120);
    const answer = await read('many', {
      series: [rate],
      fromMs: start,
      toMs: start + 600_000,
      maxPoints: 10,
    });
    expect(answer.stepMs).toBe(60_000);
    expect(answer.at).toHaveLength(10);
    expect(answer.series[0]!.values[0]).toBeCloseTo(6);
    expect(answer.series[0]!.values[9]).toBeCloseTo(114);
  });

  it('keeps a pause a pause when points are put together', async () => {
    await fill('pause', 60);
    await fill('pause', 60, start + 600_000);
    const { series } = await read('pause', { series: [rate], toMs: start + 900_000, maxPoints: 30 });
    const known = series[0]!.values.map((value) => value !== null);
    expect(known).toEqual([...Array(10).fill(true), ...Array(10).fill(false), ...Array(10).fill(true)]);
  });

  it('drops a second scrape of the same moment', async () => {
    await appendSample('twice', start, [{ ...rate, value: 1 }]);
    await appendSample('twice', start, [{ ...rate, value: 2 }]);
    expect((await read('twice', { series: [rate] })).series[0]!.values).toEqual([1]);
  });

  it('keeps names apart that look alike', async () => {
    const names = ['a.b', 'a_b', 'a%b', 'A.b', `${'x'.repeat(249)}`, 'a\u202eb', "a'b"];
    await appendSample(
      'names',
      start,
      names.map((name, value) => ({ kind: 'topic.size', name, value })),
    );
    const answer = await read('names', { series: names.map((name) => ({ kind: 'topic.size', name })) });
    expect(answer.series.map(({ values }) => values[0])).toEqual(names.map((_, i) => i));
  });

  it('F7 has every scrape that was kept before the server was killed, packed or not', async () => {
    await fill('killed', 245);
    process.kill(database.server.pid, 'SIGKILL');
    await waitFor(() => !isAlive(database.server.pid), 10_000);
    await expect(appendSample('killed', start + 245 * 5_000, [{ ...rate, value: 1 }])).rejects.toMatchObject({
      code: 'database.unavailable',
    });
    await closeDatabase();
    database.server = await startEmbedded({ dataDir: database.dataDir });
    openDatabase(database.server.url);
    expect((await read('killed')).series[0]!.values).toEqual(Array.from({ length: 245 }, (_, i) => i + 0.5));
    await appendSample('killed', start + 246 * 5_000, [{ ...rate, value: 1 }]);
  });

  it('keeps old numbers as means of a minute, gaps as gaps, and new ones as they are', async () => {
    const midnight = Date.parse('2026-03-02T00:00:00Z');
    await fill('rolled', 240, midnight + 3_600_000);
    await sealSeries('rolled', topics);
    await fill('rolled', 240, midnight + 3 * 3_600_000 + 3_540_000);
    await sealSeries('rolled', topics);
    await fill('rolled', 240, midnight + 10 * 3_600_000);
    await sealSeries('rolled', topics);
    const day = { series: [rate], fromMs: midnight, toMs: midnight + 86_400_000, maxPoints: 100_000 };
    const before = await read('rolled', { ...day, maxPoints: 24 });

    await rollUpSeries(toMinutes, midnight + 8 * 3_600_000);
    const after = await read('rolled', day);
    const known = after.at.flatMap((at, i) => {
      const value = after.series[0]!.values[i];
      return value === null || value === undefined ? [] : [[at - midnight, value] as const];
    });
    expect(known.slice(0, 2)).toEqual([
      [3_600_000, 6],
      [3_660_000, 18],
    ]);
    expect(known.filter(([at]) => at < 8 * 3_600_000)).toHaveLength(40);
    expect(known.filter(([at]) => at > 8 * 3_600_000)).toHaveLength(240);
    expect((await read('rolled', { ...day, maxPoints: 24 })).series).toEqual(before.series);
    expect(await rollUpSeries(toMinutes, midnight + 8 * 3_600_000)).toBe(0);
  });

  it('keeps the worst of a stretch where a mean would hide it, quarters of an hour after minutes', async () => {
    const midnight = Date.parse('2026-03-03T00:00:00Z');
    const reachable = { kind: 'cluster.reachable', name: '' };
    const offline = { kind: 'cluster.offline', name: '' };
    for (let i = 0; i < 240; i++)
      await appendSample('worst', midnight + i * 5_000, [
        { ...reachable, value: i === 100 ? 0 : 1 },
        { ...offline, value: i === 100 ? 4 : 0 },
      ]);
    await sealSeries('worst', lanes.core);
    const span = { fromMs: midnight, toMs: midnight + 86_400_000, maxPoints: 100_000 };
    await rollUpSeries(toMinutes, midnight + 86_400_000);
    const minutes = await read('worst', { ...span, series: [reachable, offline] });
    expect(minutes.at).toHaveLength(20);
    expect(minutes.series.map(({ values }) => [values[7], values[8], values[9]])).toEqual([
      [1, 0, 1],
      [0, 4, 0],
    ]);
    await rollUpSeries(toQuarters, midnight + 2 * 86_400_000);
    const quarters = await read('worst', { ...span, series: [reachable, offline] });
    expect(quarters.at.map((at) => at - midnight)).toEqual([0, 900_000]);
    expect(quarters.series.map(({ values }) => values)).toEqual([
      [0, 1],
      [4, 0],
    ]);
  });

  it('writes what comes and goes apart: a new group leaves the layout of topics as it is', async () => {
    await appendSample('lanes', start, [
      { ...rate, value: 1 },
      { kind: 'group.lag', name: 'a', value: 2 },
    ]);
    await appendSample('lanes', start + 5_000, [
      { ...rate, value: 3 },
      { kind: 'group.lag', name: 'a', value: 4 },
      { kind: 'group.lag', name: 'b', value: 5 },
    ]);
    expect(await count(`series_layouts WHERE cluster_id = 'lanes' AND lane = ${topics}`)).toBe(1);
    expect(await count(`series_layouts WHERE cluster_id = 'lanes' AND lane = ${lanes.groups}`)).toBe(2);
    const answer = await read('lanes', {
      series: [rate, { kind: 'group.lag', name: 'a' }, { kind: 'group.lag', name: 'b' }],
    });
    expect(answer.series.map(({ values }) => values)).toEqual([
      [1, 3],
      [2, 4],
      [null, 5],
    ]);
  });

  it('removes the oldest first when history takes more than it may, and nothing else', async () => {
    await pool().query('DELETE FROM series_chunks');
    for (let day = 0; day < 10; day++) {
      await fill('bounded', 240, start + day * 86_400_000);
      await sealSeries('bounded', topics);
    }
    const sizeOf = async () => (await levelSizes()).reduce((sum, level) => sum + level.bytes, 0);
    const all = await sizeOf();
    expect(await boundSeries(all, start + 10 * 86_400_000)).toBe(0);
    await boundSeries(all / 2, start + 10 * 86_400_000);
    expect(await sizeOf()).toBeLessThanOrEqual(all / 2);
    const { at } = await read('bounded', { toMs: start + 10 * 86_400_000, maxPoints: 10_000 });
    expect(at.length).toBeGreaterThan(240 * 3);
    expect(at.at(-1)).toBe(start + 9 * 86_400_000 + 239 * 5_000);
  });

  it('forgets what is too old, and all of a cluster that is gone', async () => {
    await pool().query(
      `INSERT INTO clusters (id, name, environment, connection) VALUES ('stays', 'stays', 'staging', '{}')`,
    );
    await fill('stays', 240);
    await sealSeries('stays', topics);
    await fill('stays', 240, start + 86_400_000);
    await sealSeries('stays', topics);
    await fill('stays', 3, start + 2 * 86_400_000);
    await fill('gone', 3);
    await expireSeries(start + 3_600_000);
    expect(
      await count(`series_chunks c JOIN series s ON s.id = c.series_id WHERE s.cluster_id = 'stays'`),
    ).toBe(2);
    expect(await count(`series WHERE cluster_id = 'gone'`)).toBe(0);
    const answer = await read('stays', { toMs: start + 3 * 86_400_000, series: [rate] });
    expect(answer.at[0]).toBe(start + 86_400_000);
    await fill('stays', 1, start + 3 * 86_400_000);
    expect(
      (await read('stays', { fromMs: start + 3 * 86_400_000, toMs: start + 4 * 86_400_000 })).at,
    ).toHaveLength(1);
  });
});
