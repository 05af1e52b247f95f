import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { pool } from './client.ts';
import { appendSample, readSeries } from './series.ts';
import { expireSeries } from './series-expire.ts';
import { lanes } from './series-lane.ts';
import { rollUpSeries, toMinutes } from './series-rollup.ts';
import { sealSeries } from './series-seal.ts';

let database: TestDatabase;
const start = Date.parse('2026-03-01T10:00:00Z');
const { topics } = lanes;
const rate = { kind: 'topic.records-in', name: 'orders' };

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const count = async (table: string): Promise<number> =>
  (await pool().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]!.n;

async function fill(clusterId: string, rows: number, from = start): Promise<void> {
  for (let i = 0; i < rows; i++) await appendSample(clusterId, from + i * 5_000, [{ ...rate, value: i }]);
}

const read = (clusterId: string) =>
  readSeries({ clusterId, series: [rate], fromMs: start, toMs: start + 86_400_000, maxPoints: 1_000 });

describe('history of which a part was lost', () => {
  it('F16: goes on after another instance wrote meanwhile and removed what this one remembered', async () => {
    await fill('lease', 2);
    const layout = async (): Promise<number> =>
      (await pool().query(`SELECT max(id) AS id FROM series_layouts WHERE cluster_id = 'lease'`)).rows[0].id;
    const ours = await layout();
    // The other instance: the same series in a layout of its own, a full lane of them packed, ours is needed no more.
    const other = await pool().query<{ id: number }>(
      `INSERT INTO series_layouts (cluster_id, lane, hash, series_ids)
       SELECT cluster_id, lane, 'other', series_ids FROM series_layouts WHERE id = $1 RETURNING id`,
      [ours],
    );
    await pool().query(
      `INSERT INTO series_hot (cluster_id, lane, at, layout_id, values)
       SELECT h.cluster_id, h.lane, h.at + n * interval '5 seconds', $1, h.values
       FROM series_hot h, generate_series(1, 238) n WHERE h.cluster_id = 'lease' AND h.at = $2`,
      [other.rows[0]!.id, new Date(start + 5_000)],
    );
    await sealSeries('lease', topics);
    expect(await count(`series_layouts WHERE id = ${ours}`)).toBe(0);
    await fill('lease', 240, start + 240 * 5_000);
    await sealSeries('lease', topics);
    const { at, series } = await read('lease');
    expect(at).toHaveLength(480);
    expect(series[0]!.values.slice(240)).toEqual(Array.from({ length: 240 }, (_, i) => i));
  });

  it('says so of rows that nothing can read any more, and packs the others', async () => {
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await fill('unreadable', 240);
    await pool().query(`UPDATE series_hot SET layout_id = -1 WHERE cluster_id = 'unreadable' AND at < $1`, [
      new Date(start + 15_000),
    ]);
    await sealSeries('unreadable', topics);
    expect(said.mock.calls.join('')).toContain('history.unreadable');
    said.mockRestore();
    expect((await read('unreadable')).at).toHaveLength(237);
    expect(await count(`series_hot WHERE cluster_id = 'unreadable'`)).toBe(0);
  });

  it('becomes coarser with age although a chunk belongs to no series', async () => {
    await pool().query(
      `INSERT INTO clusters (id, name, environment, connection) VALUES ('ages', 'ages', 'staging', '{}')`,
    );
    await fill('ages', 240);
    await sealSeries('ages', topics);
    await pool().query(
      `INSERT INTO series_chunks (series_id, from_at, to_at, points, level, data)
       SELECT -1, from_at - interval '1 day', to_at - interval '1 day', points, level, data FROM series_chunks LIMIT 1`,
    );
    await expireSeries(start - 7 * 86_400_000);
    expect(await count('series_chunks WHERE series_id = -1')).toBe(0);
    expect(await rollUpSeries(toMinutes, start + 86_400_000)).toBeGreaterThan(0);
  });
});
