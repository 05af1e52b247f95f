import { foldOfSeries, type SeriesFold } from '#lib/model/series-kinds.ts';
import { registry } from '#lib/process.ts';
import { guard, pool } from './client.ts';
import { bucketed, gapped, joined, noPoints, unionOfTimes } from './series-buckets.ts';
import { laneOf } from './series-lane.ts';
import { findSeries, forgetLayoutsOf, layoutFor } from './series-layout.ts';
import { readChunks, readHot } from './series-read.ts';
import { chunkPoints, sealSeries } from './series-seal.ts';

/**
 * History of numbers. A scrape is one row with all numbers of a cluster, on disk when `appendSample` returns: a crash
 * loses the scrape that was on its way and no other (F7). Every 240 rows of a lane are turned into one
 * packed chunk per series.
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
  const ownLanes = Map.groupBy(points, ({ kind }) => laneOf(kind));
  if (!(await writeRows(clusterId, atMs, ownLanes))) {
    // Another instance wrote meanwhile and has removed a layout that this one remembered.
    forgetLayoutsOf(clusterId);
    if (!(await writeRows(clusterId, atMs, ownLanes)))
      throw new Error(`A layout of the history of ${clusterId} was removed while it was used.`);
  }
  for (const lane of ownLanes.keys()) await sealWhenFull(clusterId, lane);
}

/** @returns whether the layouts are there that tell whose numbers these are; nothing is written while one is not */
async function writeRows(
  clusterId: string,
  atMs: number,
  ownLanes: ReadonlyMap<number, SeriesPoint[]>,
): Promise<boolean> {
  const rows: { lane: number; layoutId: number; values: Buffer }[] = [];
  for (const [lane, own] of ownLanes) {
    const layout = await layoutFor(clusterId, lane, own);
    const values = Buffer.from(Float64Array.from(own, ({ value }) => value).buffer);
    rows.push({ lane, layoutId: layout.id, values });
  }
  // All lanes in one statement: a crash keeps all of a scrape or nothing of it.
  const { rows: layouts } = await guard(() =>
    pool().query({
      name: 'series-append',
      text: `WITH layouts AS (SELECT id FROM series_layouts WHERE id = ANY($4) FOR KEY SHARE),
             written AS (
               INSERT INTO series_hot (cluster_id, at, lane, layout_id, values)
               SELECT $1, $2, * FROM unnest($3::int[], $4::int[], $5::bytea[])
               WHERE (SELECT count(*) FROM layouts) = cardinality($4::int[]) ON CONFLICT DO NOTHING
             ) SELECT id FROM layouts`,
      values: [
        clusterId,
        new Date(atMs),
        rows.map(({ lane }) => lane),
        rows.map(({ layoutId }) => layoutId),
        rows.map(({ values }) => values),
      ],
    }),
  );
  return layouts.length === rows.length;
}

async function sealWhenFull(clusterId: string, lane: number): Promise<void> {
  const key = `${lane} ${clusterId}`;
  const counted = hotRows().get(key);
  const rows = counted === undefined ? await countHot(clusterId, lane) : counted + 1;
  hotRows().set(key, rows);
  if (rows <= chunkPoints) return;
  hotRows().delete(key);
  await sealSeries(clusterId, lane);
}

async function countHot(clusterId: string, lane: number): Promise<number> {
  const { rows } = await guard(() =>
    pool().query<{ count: number }>(
      'SELECT count(*)::int AS count FROM series_hot WHERE cluster_id = $1 AND lane = $2',
      [clusterId, lane],
    ),
  );
  return rows[0]?.count ?? 0;
}

export type ReadRequest<K extends string = string> = {
  clusterId: string;
  series: readonly { kind: K; name: string }[];
  fromMs: number;
  toMs: number;
  /** More than this are put together, as `foldOfSeries` says of their kind. */
  maxPoints: number;
  /** In exactly `maxPoints` steps of equal length, whatever there is. */
  isStepped?: boolean;
  /** How points are put together, whatever their kind says: a mean hides the most of a step. */
  fold?: SeriesFold | undefined;
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
  const { clusterId, series, maxPoints } = request;
  const found = await findSeries(clusterId, series);
  const idOf = new Map(found.map(({ id, kind, name }) => [`${kind}\u0000${name}`, id]));
  const ids = [...new Set(found.map(({ id }) => id))];
  // Hot rows first: what is packed in between is then seen twice, which is harmless, and never missed.
  const hot = await readHot(clusterId, found, request);
  const packed = await readChunks(ids, request);
  const points = series.map(({ kind, name }) => {
    const id = idOf.get(`${kind}\u0000${name}`) ?? -1;
    return joined(packed.get(id) ?? noPoints(), hot.get(id) ?? noPoints());
  });
  const times = unionOfTimes(points);
  const isAsItWas = times.length <= maxPoints && !request.isStepped;
  const answer = isAsItWas
    ? gapped(times, points)
    : bucketed(
        times,
        points,
        request,
        series.map(({ kind }) => request.fold ?? foldOfSeries(kind)),
      );
  return {
    stepMs: answer.stepMs,
    at: answer.at,
    series: series.map(({ kind, name }, i) => ({ kind, name, values: answer.values[i]! })),
  };
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
