import { setImmediate as nextTurn } from 'node:timers/promises';
import { guard, pool } from './client.ts';
import { type Summary, summaryOf } from './series-chunks.ts';
import { unpackPoints } from './series-codec.ts';
import { lanesOf } from './series-read.ts';

type Span = { fromMs: number; toMs: number };
type Summaries = Map<number, Summary>;

/** So many chunks or rows are unpacked before others get a turn. */
const aTurn = 200;

/**
 * What every series of a kind comes to over a stretch of time, by name. Chunks that lie inside of it are not unpacked:
 * they carry what they come to. A series of which nothing is known in that time is not in it.
 */
export async function summariseSeries(
  clusterId: string,
  kind: string,
  span: Span,
): Promise<Map<string, Summary>> {
  const { rows: series } = await guard(() =>
    pool().query<{ id: number; name: string }>(
      'SELECT id, name FROM series WHERE cluster_id = $1 AND kind = $2',
      [clusterId, kind],
    ),
  );
  const summaries: Summaries = new Map();
  const ids = series.map(({ id }) => id);
  if (ids.length > 0) {
    // Hot rows first: what is packed in between is then counted twice rather than missed.
    const hot = await summariseHot(clusterId, kind, new Set(ids), span);
    await addChunks(summaries, ids, span);
    for (const [id, summary] of hot) add(summaries, id, summary);
  }
  return new Map(
    series.flatMap(({ id, name }) => {
      const summary = summaries.get(id);
      return summary ? [[name, summary] as const] : [];
    }),
  );
}

/** Adds what comes later in time. */
function add(into: Summaries, id: number, later: Summary): void {
  const known = into.get(id);
  if (!known) {
    into.set(id, later);
    return;
  }
  known.count += later.count;
  known.last = later.last;
  known.total += later.total;
  if (later.least < known.least) known.least = later.least;
  if (later.most > known.most) known.most = later.most;
}

type ChunkRow = Omit<Summary, 'count'> & {
  series_id: number;
  points: number;
  /** Only of chunks that reach beyond the stretch, or were written before chunks carried what they come to. */
  data: Buffer | null;
};

async function addChunks(into: Summaries, ids: number[], { fromMs, toMs }: Span): Promise<void> {
  const { rows } = await guard(() =>
    pool().query<ChunkRow>({
      name: 'series-top-chunks',
      text: `SELECT series_id, points, first, last, least, most, total,
               CASE WHEN total IS NULL OR from_at < $2 OR to_at > $3 THEN data END AS data
             FROM series_chunks WHERE series_id = ANY($1) AND to_at >= $2 AND from_at <= $3
             ORDER BY from_at`,
      values: [ids, new Date(fromMs), new Date(toMs)],
    }),
  );
  let unpacked = 0;
  for (const row of rows) {
    if (row.data === null) {
      const { first, last, least, most, total } = row;
      add(into, row.series_id, { count: row.points, first, last, least, most, total });
      continue;
    }
    const { times, values } = unpackPoints(row.data);
    const inside = values.filter((_, i) => times[i]! >= fromMs && times[i]! <= toMs);
    if (inside.length > 0) add(into, row.series_id, summaryOf(inside));
    if (++unpacked % aTurn === 0) await nextTurn();
  }
}

/** Rows that are read at once: a few megabytes of a large cluster. */
const pieceRows = 60;

/** Of rows that are not packed yet only the stretch that holds the kind is read: its series lie side by side. */
async function summariseHot(
  clusterId: string,
  kind: string,
  ids: ReadonlySet<number>,
  { fromMs, toMs }: Span,
): Promise<Summaries> {
  const summaries: Summaries = new Map();
  const stretches = await stretchesOf(clusterId, kind, ids, summaries);
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
    for (const { nr, numbers } of rows) addRow(stretches[Number(nr) - 1]!.into, numbers);
    if (rows.length < pieceRows) break;
    after = rows.at(-1)!.at;
    await nextTurn();
  }
  for (const [id, { count }] of summaries) if (count === 0) summaries.delete(id);
  return summaries;
}

/** Where in the rows of a layout the numbers of a kind lie, and what each of them is added to. */
type Stretch = { lane: number; layoutId: number; from: number; into: (Summary | null)[] };

async function stretchesOf(
  clusterId: string,
  kind: string,
  ids: ReadonlySet<number>,
  summaries: Summaries,
): Promise<Stretch[]> {
  const { rows: layouts } = await guard(() =>
    pool().query<{ id: number; lane: number; series_ids: number[] }>(
      'SELECT id, lane, series_ids FROM series_layouts WHERE cluster_id = $1 AND lane = ANY($2)',
      [clusterId, lanesOf([{ kind }])],
    ),
  );
  const summaryFor = (id: number): Summary => {
    let summary = summaries.get(id);
    if (!summary) {
      const none = { first: 0, last: 0, total: 0 };
      summary = { count: 0, ...none, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
      summaries.set(id, summary);
    }
    return summary;
  };
  return layouts.flatMap(({ id: layoutId, lane, series_ids: all }) => {
    const from = all.findIndex((id) => ids.has(id));
    if (from < 0) return [];
    const to = all.findLastIndex((id) => ids.has(id));
    const into = all.slice(from, to + 1).map((id) => (ids.has(id) ? summaryFor(id) : null));
    return [{ lane, layoutId, from, into }];
  });
}

function addRow(into: readonly (Summary | null)[], numbers: Buffer): void {
  for (let i = 0; i < into.length; i++) {
    const summary = into[i];
    if (!summary) continue;
    const value = numbers.readDoubleLE(i * 8);
    if (Number.isNaN(value)) continue;
    if (summary.count === 0) summary.first = value;
    summary.count++;
    summary.last = value;
    summary.total += value;
    if (value < summary.least) summary.least = value;
    if (value > summary.most) summary.most = value;
  }
}
