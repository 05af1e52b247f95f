import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { log } from '#lib/log.ts';
import { inTransaction } from './client.ts';
import { type SeriesPoints, writeChunks } from './series-chunks.ts';
import type { Points } from './series-codec.ts';

/** Points in a chunk: 20 minutes of a scrape every five seconds. */
export const chunkPoints = 240;

/** So many series are packed before others get a turn: a few milliseconds of work. */
const sliceSeries = 200;

type HotRow = { atMs: number; layoutId: number; values: Buffer };

/**
 * Turns the oldest 240 scrapes of a lane of a cluster into one chunk per series, if there are that many. In one transaction:
 * a reader sees either the rows or the chunks, a crash leaves the rows. Of two who seal, one does.
 * @returns how many chunks were written
 */
export async function sealSeries(clusterId: string, lane: number): Promise<number> {
  return inTransaction(async (sql) => {
    const lock = await sql.query<{ taken: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('series ' || $1, $2)) AS taken`,
      [clusterId, lane],
    );
    if (!lock.rows[0]?.taken) return 0;
    const rows = await oldest(sql, clusterId, lane);
    if (rows.length < chunkPoints) return 0;
    const layouts = await readLayouts(sql, clusterId, lane);
    const readable = rows.filter(({ layoutId }) => layouts.has(layoutId));
    // Nothing can tell any more whose numbers they are; kept, they would stop all packing.
    if (readable.length < rows.length)
      log.error('history.unreadable', { cluster: clusterId, count: rows.length - readable.length });
    const chunks = await pack(sql, readable, layouts);
    await sql.query('DELETE FROM series_hot WHERE cluster_id = $1 AND lane = $2 AND at <= $3', [
      clusterId,
      lane,
      new Date(rows.at(-1)!.atMs),
    ]);
    // Waits for who is writing a row now, so that the next statement sees that row and keeps its layout.
    await sql.query(
      'SELECT id FROM series_layouts WHERE cluster_id = $1 AND lane = $2 AND id < $3 ORDER BY id FOR UPDATE',
      [clusterId, lane, rows.at(-1)!.layoutId],
    );
    await sql.query(
      `DELETE FROM series_layouts l WHERE cluster_id = $1 AND lane = $2 AND id < $3
       AND NOT EXISTS (SELECT 1 FROM series_hot h WHERE h.cluster_id = $1 AND h.lane = $2 AND h.layout_id = l.id)`,
      [clusterId, lane, rows.at(-1)!.layoutId],
    );
    return chunks;
  });
}

async function oldest(sql: PoolClient, clusterId: string, lane: number): Promise<HotRow[]> {
  const { rows } = await sql.query<{ at: Date; layout_id: number; values: Buffer }>(
    'SELECT at, layout_id, values FROM series_hot WHERE cluster_id = $1 AND lane = $2 ORDER BY at LIMIT $3',
    [clusterId, lane, chunkPoints],
  );
  return rows.map(({ at, layout_id, values }) => ({ atMs: at.getTime(), layoutId: layout_id, values }));
}

async function readLayouts(sql: PoolClient, clusterId: string, lane: number): Promise<Map<number, number[]>> {
  const { rows } = await sql.query<{ id: number; series_ids: number[] }>(
    'SELECT id, series_ids FROM series_layouts WHERE cluster_id = $1 AND lane = $2',
    [clusterId, lane],
  );
  return new Map(rows.map(({ id, series_ids }) => [id, series_ids]));
}

async function pack(sql: PoolClient, rows: HotRow[], layouts: Map<number, number[]>): Promise<number> {
  // Place of each series in each layout, so that a row is asked by series.
  const places = new Map<number, Map<number, number>>();
  for (const layoutId of new Set(rows.map((row) => row.layoutId))) {
    places.set(layoutId, new Map(layouts.get(layoutId)!.map((id, place) => [id, place])));
  }
  const placesOfRows = rows.map((row) => places.get(row.layoutId)!);
  const ids = [...new Set([...places.values()].flatMap((of) => [...of.keys()]))].sort((a, b) => a - b);
  let written = 0;
  for (let from = 0; from < ids.length; from += sliceSeries) {
    const slice: SeriesPoints[] = [];
    for (const id of ids.slice(from, from + sliceSeries)) {
      const points = pointsOf(id, rows, placesOfRows);
      if (points.times.length > 0) slice.push({ id, points });
    }
    await writeChunks(sql, slice, 0);
    written += slice.length;
    await nextTurn();
  }
  return written;
}

/** Unknown numbers are left out: what is not there is a gap. */
function pointsOf(id: number, rows: HotRow[], placesOfRows: Map<number, number>[]): Points {
  const times: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const place = placesOfRows[i]!.get(id);
    if (place === undefined) continue;
    const value = rows[i]!.values.readDoubleLE(place * 8);
    if (Number.isNaN(value)) continue;
    times.push(rows[i]!.atMs);
    values.push(value);
  }
  return { times, values };
}
