import { registry } from '#lib/process.ts';
import { guard, pool } from './client.ts';
import { bucketed, gapped, type ReadPoints } from './series-buckets.ts';
import { unpackPoints } from './series-codec.ts';
import { findSeries, layoutFor } from './series-layout.ts';
import { chunkPoints, sealSeries } from './series-seal.ts';

/**
 * History of numbers. A scrape is one row with all numbers of a cluster, on disk when `appendSample` returns: a crash
 * loses the scrape that was on its way and no other (F7). Every 240 rows are turned into one packed chunk per series.
 */

export type SeriesPoint<K extends string = string> = { kind: K; name: string; value: number };

const hotRows = (): Map<string, number> => registry('series-hot-rows', () => new Map());

/**
 * Keeps the numbers of one scrape. NaN stands for unknown and becomes a gap. A second scrape at the same
 * millisecond is dropped.
 */
export async function appendSample(
  clusterId: string,
  atMs: number,
  points: readonly SeriesPoint[],
): Promise<void> {
  if (points.length === 0) return;
  const layout = await layoutFor(clusterId, points);
  const values = Buffer.from(Float64Array.from(points, ({ value }) => value).buffer);
  await guard(() =>
    pool().query({
      name: 'series-append',
      text: `INSERT INTO series_hot (cluster_id, at, layout_id, values) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING`,
      values: [clusterId, new Date(atMs), layout.id, values],
    }),
  );
  const counted = hotRows().get(clusterId);
  const rows = counted === undefined ? await countHot(clusterId) : counted + 1;
  hotRows().set(clusterId, rows);
  if (rows <= chunkPoints) return;
  hotRows().delete(clusterId);
  await sealSeries(clusterId);
}

async function countHot(clusterId: string): Promise<number> {
  const { rows } = await guard(() =>
    pool().query<{ count: number }>('SELECT count(*)::int AS count FROM series_hot WHERE cluster_id = $1', [
      clusterId,
    ]),
  );
  return rows[0]?.count ?? 0;
}

export type ReadRequest<K extends string = string> = {
  clusterId: string;
  series: readonly { kind: K; name: string }[];
  fromMs: number;
  toMs: number;
  /** More than this are put together: the mean of what is known in each step. */
  maxPoints: number;
};

export type SeriesAnswer<K extends string = string> = {
  /** Distance of the times, or the usual distance when they are those of the scrapes. */
  stepMs: number;
  at: number[];
  series: { kind: K; name: string; values: (number | null)[] }[];
};

/**
 * Numbers of several series at the same times, in the order asked for. A time at which a series was not known has null
 * there, and so has a pause in scraping: a gap is never zero and never bridged. An unknown series is all gaps.
 */
export async function readSeries<K extends string>(request: ReadRequest<K>): Promise<SeriesAnswer<K>> {
  const { clusterId, series, fromMs, toMs, maxPoints } = request;
  const found = await findSeries(clusterId, series);
  const idOf = new Map(found.map(({ id, kind, name }) => [`${kind}\u0000${name}`, id]));
  const ids = [...new Set(found.map(({ id }) => id))];
  // Hot rows first: what is sealed in between is then seen twice, which is harmless, and never missed.
  const hot = ids.length > 0 ? await readHot(clusterId, ids, fromMs, toMs) : new Map<number, ReadPoints>();
  const packed = ids.length > 0 ? await readChunks(ids, fromMs, toMs) : new Map<number, ReadPoints>();
  const points = series.map(({ kind, name }) => {
    const id = idOf.get(`${kind}\u0000${name}`) ?? -1;
    return merge(packed.get(id), hot.get(id));
  });
  const times = [...new Set(points.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
  const answer =
    times.length <= maxPoints ? gapped(times, points) : bucketed(times, points, fromMs, toMs, maxPoints);
  return {
    stepMs: answer.stepMs,
    at: answer.at,
    series: series.map(({ kind, name }, i) => ({ kind, name, values: answer.values[i]! })),
  };
}

const merge = (older: ReadPoints | undefined, newer: ReadPoints | undefined): ReadPoints =>
  older && newer ? new Map([...older, ...newer]) : (older ?? newer ?? new Map());

async function readChunks(ids: number[], fromMs: number, toMs: number): Promise<Map<number, ReadPoints>> {
  const { rows } = await guard(() =>
    pool().query<{ series_id: number; data: Buffer }>({
      name: 'series-chunks',
      text: `SELECT series_id, data FROM series_chunks
             WHERE series_id = ANY($1) AND to_at >= $2 AND from_at <= $3 ORDER BY series_id, from_at`,
      values: [ids, new Date(fromMs), new Date(toMs)],
    }),
  );
  const all = new Map<number, ReadPoints>(ids.map((id) => [id, new Map()]));
  for (const { series_id: id, data } of rows) {
    const { times, values } = unpackPoints(data);
    const points = all.get(id)!;
    for (let i = 0; i < times.length; i++) {
      if (times[i]! >= fromMs && times[i]! <= toMs) points.set(times[i]!, values[i]!);
    }
  }
  return all;
}

/** Takes only the wanted eight bytes out of each row, which PostgreSQL stores so that it need not read the rest. */
async function readHot(
  clusterId: string,
  ids: number[],
  fromMs: number,
  toMs: number,
): Promise<Map<number, ReadPoints>> {
  const { rows } = await guard(() =>
    pool().query<{ at: Date; series: number[]; numbers: Buffer }>({
      name: 'series-hot',
      text: `WITH wanted AS MATERIALIZED (
               SELECT l.id AS layout_id, w.series_id, array_position(l.series_ids, w.series_id) AS place
               FROM series_layouts l, unnest($2::int[]) AS w (series_id) WHERE l.cluster_id = $1
             ), picked AS MATERIALIZED (
               SELECT layout_id, array_agg(series_id ORDER BY series_id) AS series,
                 array_agg(place ORDER BY series_id) AS places
               FROM wanted WHERE place IS NOT NULL GROUP BY layout_id
             )
             SELECT h.at, p.series, (
               SELECT string_agg(substring(h.values FROM place * 8 - 7 FOR 8), ''::bytea ORDER BY nr)
               FROM unnest(p.places) WITH ORDINALITY AS one (place, nr)
             ) AS numbers
             FROM series_hot h JOIN picked p ON p.layout_id = h.layout_id
             WHERE h.cluster_id = $1 AND h.at BETWEEN $3 AND $4`,
      values: [clusterId, ids, new Date(fromMs), new Date(toMs)],
    }),
  );
  const all = new Map<number, ReadPoints>(ids.map((id) => [id, new Map()]));
  for (const { at, series, numbers } of rows) {
    series.forEach((id, i) => {
      const value = numbers.readDoubleLE(i * 8);
      all.get(id)!.set(at.getTime(), Number.isNaN(value) ? null : value);
    });
  }
  return all;
}

/** When the oldest scrape that is still kept of a cluster was taken, epoch ms; null when there is none. */
export async function seriesSince(clusterId: string): Promise<number | null> {
  const { rows } = await guard(() =>
    pool().query<{ since: Date | null }>(
      // Any of a cluster's first series tells: they have been scraped since the beginning.
      `SELECT least(
         (SELECT min(at) FROM series_hot WHERE cluster_id = $1),
         (SELECT min(c.from_at) FROM series_chunks c WHERE c.series_id IN (
            SELECT id FROM series WHERE cluster_id = $1 AND kind LIKE 'cluster.%' ORDER BY kind LIMIT 20))
       ) AS since`,
      [clusterId],
    ),
  );
  return rows[0]?.since?.getTime() ?? null;
}
