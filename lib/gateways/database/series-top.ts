import { setImmediate as nextTurn } from 'node:timers/promises';
import { guard, pool } from './client.ts';
import { usualStep } from './series-buckets.ts';
import { unpackPoints } from './series-codec.ts';
import { lanesOf } from './series-read.ts';
import { Beat, Tally, type TopSummary } from './series-tally.ts';

type Span = { fromMs: number; toMs: number };
type Tallies = Map<number, Tally>;

/** So many chunks or rows are unpacked before others get a turn. */
const aTurn = 200;

/**
 * What every series of a kind comes to over a stretch of time, by name. Chunks that lie inside of it are put together by
 * the database: they carry what they come to. A series of which nothing is known in that time is not in it.
 */
export async function summariseSeries(
  clusterId: string,
  kind: string,
  span: Span,
): Promise<Map<string, TopSummary>> {
  const { rows: series } = await guard(() =>
    pool().query<{ id: number; name: string }>(
      'SELECT id, name FROM series WHERE cluster_id = $1 AND kind = $2',
      [clusterId, kind],
    ),
  );
  const tallies: Tallies = new Map(series.map(({ id }) => [id, new Tally()]));
  const beat = new Beat();
  if (series.length > 0) {
    // Hot rows first: what is packed in between is then counted twice rather than missed.
    await addHot(tallies, beat, clusterId, kind, span);
    await addChunks(tallies, beat, span);
  }
  return new Map(
    series.flatMap(({ id, name }) => {
      const summary = tallies.get(id)!.summary(beat.ms);
      return summary ? [[name, summary] as const] : [];
    }),
  );
}

type ChunkRow = {
  series_id: number;
  level: number;
  from_at: Date;
  to_at: Date;
  points: number;
  first: number;
  last: number;
  least: number;
  most: number;
  total: number;
  beat_ms: number | null;
  /** Only of chunks that reach beyond the stretch, or were written before chunks carried what they come to. */
  data: Buffer | null;
};

async function addChunks(into: Tallies, beat: Beat, { fromMs, toMs }: Span): Promise<void> {
  const { rows } = await guard(() =>
    pool().query<ChunkRow>({
      name: 'series-top-chunks',
      // In one statement, so that what is rolled up meanwhile is seen once. First and last are looked up: to find them on
      // the way all chunks would have to be sorted.
      text: `SELECT series_id, level, from_at, to_at, points, least, most, total, beat_ms, NULL::bytea AS data,
               (SELECT c.first FROM series_chunks c WHERE c.series_id = whole.series_id AND c.from_at = whole.from_at) AS first,
               (SELECT c.last FROM series_chunks c WHERE c.series_id = whole.series_id AND c.from_at = newest) AS last
             FROM (
               SELECT series_id, level, min(from_at) AS from_at, max(to_at) AS to_at, max(from_at) AS newest,
                 sum(points)::float8 AS points, min(least) AS least, max(most) AS most, sum(total) AS total,
                 (min(extract(epoch FROM to_at - from_at) * 1000 / (points - 1))
                   FILTER (WHERE level = 0 AND points >= ${Beat.leastPoints}))::float8 AS beat_ms
               FROM series_chunks
               WHERE series_id = ANY($1) AND from_at >= $2 AND to_at <= $3 AND total IS NOT NULL
               GROUP BY series_id, level
             ) whole
             UNION ALL
             SELECT series_id, level, from_at, to_at, points, least, most, total, NULL, data, first, last
             FROM series_chunks
             WHERE series_id = ANY($1) AND to_at >= $2 AND from_at <= $3
               AND (from_at < $2 OR to_at > $3 OR total IS NULL)`,
      values: [[...into.keys()], new Date(fromMs), new Date(toMs)],
    }),
  );
  let unpacked = 0;
  for (const { data, ...row } of rows) {
    const tally = into.get(row.series_id)!;
    if (data === null) {
      if (row.beat_ms !== null) beat.add(row.beat_ms);
      tally.addMany(row.level, { ...row, fromMs: row.from_at.getTime(), toMs: row.to_at.getTime() });
      continue;
    }
    const { times, values } = unpackPoints(data);
    if (row.level === 0 && times.length >= Beat.leastPoints) beat.add(usualStep(times));
    times.forEach((time, i) => {
      if (time >= fromMs && time <= toMs) tally.add(row.level, time, values[i]!);
    });
    if (++unpacked % aTurn === 0) await nextTurn();
  }
}

/** Rows that are read at once: a few megabytes of a large cluster. */
const pieceRows = 60;

/** Of rows that are not packed yet only the stretch that holds the kind is read: its series lie side by side. */
async function addHot(
  tallies: Tallies,
  beat: Beat,
  clusterId: string,
  kind: string,
  { fromMs, toMs }: Span,
): Promise<void> {
  const stretches = await stretchesOf(clusterId, kind, tallies);
  const times = new Set<number>();
  let after = new Date(fromMs - 1);
  for (;;) {
    const { rows } = await guard(() =>
      pool().query<{ at: Date; nr: string; numbers: Buffer }>({
        name: 'series-top-hot',
        text: `SELECT h.at, cut.nr, substring(h.values FROM cut.start FOR cut.bytes) AS numbers
               FROM unnest($2::int[], $3::int[], $4::int[], $5::int[]) WITH ORDINALITY
                 AS cut (lane, layout_id, start, bytes, nr)
               JOIN series_hot h ON h.cluster_id = $1 AND h.lane = cut.lane AND h.layout_id = cut.layout_id
               WHERE h.at > $6 AND h.at <= $7 ORDER BY h.at LIMIT ${pieceRows}`,
        values: [
          clusterId,
          stretches.map(({ lane }) => lane),
          stretches.map(({ layoutId }) => layoutId),
          stretches.map(({ from }) => from * 8 + 1),
          stretches.map(({ into }) => into.length * 8),
          after,
          new Date(toMs),
        ],
      }),
    );
    for (const { at, nr, numbers } of rows) {
      times.add(at.getTime());
      addRow(stretches[Number(nr) - 1]!.into, at.getTime(), numbers);
    }
    if (rows.length < pieceRows) break;
    after = rows.at(-1)!.at;
    await nextTurn();
  }
  if (times.size >= Beat.leastPoints) beat.add(usualStep([...times]));
}

/** Where in the rows of a layout the numbers of a kind lie, and what each of them is added to. */
type Stretch = { lane: number; layoutId: number; from: number; into: (Tally | null)[] };

async function stretchesOf(clusterId: string, kind: string, tallies: Tallies): Promise<Stretch[]> {
  const { rows: layouts } = await guard(() =>
    pool().query<{ id: number; lane: number; series_ids: number[] }>(
      'SELECT id, lane, series_ids FROM series_layouts WHERE cluster_id = $1 AND lane = ANY($2)',
      [clusterId, lanesOf([{ kind }])],
    ),
  );
  return layouts.flatMap(({ id: layoutId, lane, series_ids: all }) => {
    const from = all.findIndex((id) => tallies.has(id));
    if (from < 0) return [];
    const to = all.findLastIndex((id) => tallies.has(id));
    const into = all.slice(from, to + 1).map((id) => tallies.get(id) ?? null);
    return [{ lane, layoutId, from, into }];
  });
}

function addRow(into: readonly (Tally | null)[], atMs: number, numbers: Buffer): void {
  for (let i = 0; i < into.length; i++) {
    const value = numbers.readDoubleLE(i * 8);
    if (!Number.isNaN(value)) into[i]?.add(0, atMs, value);
  }
}
