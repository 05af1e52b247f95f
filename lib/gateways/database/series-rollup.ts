import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { foldOfSeries, type SeriesFold } from '#lib/model/series-kinds.ts';
import { guard, inTransaction, pool } from './client.ts';
import { writeChunks } from './series-chunks.ts';
import { type Points, unpackPoints } from './series-codec.ts';

/**
 * What chunks of one level become: a point for each step, those of a block in one chunk. A block is put together when all
 * of it is older than its time, so what is fine is kept for up to a block longer than asked.
 */
export type RollUp = { from: number; stepMs: number; blockMs: number };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const toMinutes: RollUp = { from: 0, stepMs: minuteMs, blockMs: 2 * hourMs };
export const toQuarters: RollUp = { from: 1, stepMs: 15 * minuteMs, blockMs: 24 * hourMs };

/** Series in one transaction. */
const sliceSeries = 200;

/**
 * Makes chunks that ended before `beforeMs` into chunks of the next level. A step in which nothing was known stays a gap.
 * Block by block, each slice of it whole or not at all.
 * @returns how many chunks were replaced
 */
export async function rollUpSeries(rollUp: RollUp, beforeMs: number): Promise<number> {
  let replaced = 0;
  for (;;) {
    const { rows } = await guard(() =>
      pool().query<{ oldest: Date | null; last: number | null }>(
        `SELECT (SELECT min(to_at) FROM series_chunks WHERE level = $1) AS oldest,
           (SELECT max(id) FROM series) AS last`,
        [rollUp.from],
      ),
    );
    const { oldest, last } = rows[0]!;
    if (!oldest || !last) return replaced;
    const from = Math.floor(oldest.getTime() / rollUp.blockMs) * rollUp.blockMs;
    if (from + rollUp.blockMs > beforeMs) return replaced;
    let replacedHere = 0;
    for (let id = 0; id <= last; id += sliceSeries) {
      replacedHere += await inTransaction((sql) => rollUpSlice(sql, rollUp, id, from));
      await nextTurn();
    }
    // Somebody else has done it, or the rest belongs to no series any more.
    if (replacedHere === 0) return replaced;
    replaced += replacedHere;
  }
}

async function rollUpSlice(sql: PoolClient, rollUp: RollUp, firstId: number, from: number): Promise<number> {
  // The chunks go at once and come back as one per series; whoever reads meanwhile sees the old ones.
  const { rows } = await sql.query<{ series_id: number; kind: string; from_at: Date; data: Buffer }>({
    name: 'series-rollup',
    text: `DELETE FROM series_chunks c USING series s
           WHERE s.id = c.series_id AND c.series_id >= $1 AND c.series_id < $2
             AND c.level = $5 AND c.to_at >= $3 AND c.to_at < $4
           RETURNING c.series_id, s.kind, c.from_at, c.data`,
    values: [firstId, firstId + sliceSeries, new Date(from), new Date(from + rollUp.blockMs), rollUp.from],
  });
  rows.sort((a, b) => a.series_id - b.series_id || a.from_at.getTime() - b.from_at.getTime());
  const rolled = [...Map.groupBy(rows, (row) => row.series_id)].map(([id, chunks]) => ({
    id,
    points: foldedTo(
      rollUp.stepMs,
      foldOfSeries(chunks[0]!.kind),
      chunks.map(({ data }) => data),
    ),
  }));
  await writeChunks(sql, rolled, rollUp.from + 1);
  return rows.length;
}

/** Chunks in order of time → one point for each step, at its beginning. */
export function foldedTo(stepMs: number, fold: SeriesFold, chunks: readonly Buffer[]): Points {
  const out: Points = { times: [], values: [] };
  let step = Number.NaN;
  let count = 0;
  let sum = 0;
  let worst = 0;
  const close = (): void => {
    if (count === 0) return;
    out.times.push(step * stepMs);
    // Seven digits are more than a mean is worth, and half as long where it is kept.
    out.values.push(fold === 'mean' ? compactMean(sum / count) : worst);
  };
  for (const chunk of chunks) {
    const { times, values } = unpackPoints(chunk);
    for (let i = 0; i < times.length; i++) {
      const value = values[i]!;
      const next = Math.floor(times[i]! / stepMs);
      if (next !== step) {
        close();
        step = next;
        count = 0;
        sum = 0;
        worst = value;
      }
      count += 1;
      sum += value;
      if (fold === 'most' ? value > worst : value < worst) worst = value;
    }
  }
  close();
  return out;
}

/** Whole numbers stay whole: sizes and counts that stand still are one value. */
const compactMean = (mean: number): number => (Number.isSafeInteger(mean) ? mean : Math.fround(mean));
