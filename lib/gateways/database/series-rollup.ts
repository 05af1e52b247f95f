import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { guard, inTransaction, pool } from './client.ts';
import { type Points, packPoints, unpackPoints } from './series-codec.ts';

/** Older numbers are kept as means of this long. */
const stepMs = 60_000;
/** So much is put into one chunk: as many points as a fresh chunk has. */
const blockMs = 4 * 3_600_000;
/** Series in one transaction. */
const sliceSeries = 200;

/**
 * Turns chunks that ended before `beforeMs` into means of a minute, four hours to a chunk: a twelfth of the size.
 * A minute in which nothing was known stays a gap. Block by block, each slice of it whole or not at all.
 * @returns how many chunks were replaced
 */
export async function rollUpSeries(beforeMs: number): Promise<number> {
  let replaced = 0;
  for (;;) {
    const { rows } = await guard(() =>
      pool().query<{ oldest: Date | null; last: number | null }>(
        `SELECT (SELECT min(to_at) FROM series_chunks WHERE level = 0) AS oldest,
           (SELECT max(id) FROM series) AS last`,
      ),
    );
    const { oldest, last } = rows[0]!;
    if (!oldest || !last) return replaced;
    const from = Math.floor(oldest.getTime() / blockMs) * blockMs;
    if (from + blockMs > beforeMs) return replaced;
    let replacedHere = 0;
    for (let id = 0; id <= last; id += sliceSeries) {
      replacedHere += await inTransaction((sql) => rollUpSlice(sql, id, from));
      await nextTurn();
    }
    // Somebody else has done it, or the rest belongs to no series any more.
    if (replacedHere === 0) return replaced;
    replaced += replacedHere;
  }
}

async function rollUpSlice(sql: PoolClient, firstId: number, from: number): Promise<number> {
  // The chunks go at once and come back as one per series; whoever reads meanwhile sees the old ones.
  const { rows } = await sql.query<{ series_id: number; from_at: Date; data: Buffer }>({
    name: 'series-rollup',
    text: `DELETE FROM series_chunks
           WHERE series_id >= $1 AND series_id < $2 AND level = 0 AND to_at >= $3 AND to_at < $4
           RETURNING series_id, from_at, data`,
    values: [firstId, firstId + sliceSeries, new Date(from), new Date(from + blockMs)],
  });
  rows.sort((a, b) => a.series_id - b.series_id || a.from_at.getTime() - b.from_at.getTime());
  const bySeries = Map.groupBy(rows, (row) => row.series_id);
  const means = [...bySeries].map(([id, chunks]) => ({
    id,
    points: minuteMeans(chunks.map(({ data }) => data)),
  }));
  if (means.length > 0) {
    await sql.query({
      name: 'series-rolled',
      text: `INSERT INTO series_chunks (series_id, from_at, to_at, points, level, data)
             SELECT id, from_at, to_at, points, 1, data
             FROM unnest($1::int[], $2::timestamptz[], $3::timestamptz[], $4::int[], $5::bytea[])
               AS rolled (id, from_at, to_at, points, data)`,
      values: [
        means.map(({ id }) => id),
        means.map(({ points }) => new Date(points.times[0]!)),
        means.map(({ points }) => new Date(points.times.at(-1)!)),
        means.map(({ points }) => points.times.length),
        means.map(({ points }) => packPoints(points)),
      ],
    });
  }
  return rows.length;
}

/** Chunks in order of time → the mean of each minute, at the mean of its times. */
export function minuteMeans(chunks: readonly Buffer[]): Points {
  const out: Points = { times: [], values: [] };
  let minute = Number.NaN;
  let count = 0;
  let timeSum = 0;
  let valueSum = 0;
  const close = (): void => {
    if (count === 0) return;
    out.times.push(Math.round(minute * stepMs + timeSum / count));
    out.values.push(valueSum / count);
  };
  for (const chunk of chunks) {
    const { times, values } = unpackPoints(chunk);
    for (let i = 0; i < times.length; i++) {
      const next = Math.floor(times[i]! / stepMs);
      if (next !== minute) {
        close();
        minute = next;
        count = 0;
        timeSum = 0;
        valueSum = 0;
      }
      count += 1;
      timeSum += times[i]! - next * stepMs;
      valueSum += values[i]!;
    }
  }
  close();
  return out;
}
