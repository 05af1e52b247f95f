import type { PoolClient } from 'pg';
import { type Points, packPoints } from './series-codec.ts';

/** Points of one series that become a chunk; there is at least one. */
export type SeriesPoints = { id: number; points: Points };

/** What the points of a stretch come to. */
export type Summary = {
  count: number;
  first: number;
  last: number;
  least: number;
  most: number;
  total: number;
};

export function summaryOf(values: readonly number[]): Summary {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let total = 0;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
    total += value;
  }
  return { count: values.length, first: values[0]!, last: values.at(-1)!, least, most, total };
}

/** Writes one chunk per series. A chunk that is there already is left as it is. */
export async function writeChunks(
  sql: PoolClient,
  series: readonly SeriesPoints[],
  level: number,
): Promise<void> {
  if (series.length === 0) return;
  const summaries = series.map(({ points }) => summaryOf(points.values));
  await sql.query({
    name: 'series-chunks-write',
    text: `INSERT INTO series_chunks
             (series_id, from_at, to_at, points, level, data, first, last, least, most, total)
           SELECT id, from_at, to_at, points, $11::int, data, first, last, least, most, total
           FROM unnest($1::int[], $2::timestamptz[], $3::timestamptz[], $4::int[], $5::bytea[], $6::float8[],
             $7::float8[], $8::float8[], $9::float8[], $10::float8[])
             AS new (id, from_at, to_at, points, data, first, last, least, most, total)
           ON CONFLICT (series_id, from_at) DO NOTHING`,
    values: [
      series.map(({ id }) => id),
      series.map(({ points }) => new Date(points.times[0]!)),
      series.map(({ points }) => new Date(points.times.at(-1)!)),
      series.map(({ points }) => points.times.length),
      series.map(({ points }) => packPoints(points)),
      summaries.map(({ first }) => first),
      summaries.map(({ last }) => last),
      summaries.map(({ least }) => least),
      summaries.map(({ most }) => most),
      summaries.map(({ total }) => total),
      level,
    ],
  });
}
