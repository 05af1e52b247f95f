import { guard, pool } from './client.ts';
import { forgetLayouts } from './series-layout.ts';
import { levelSizes } from './series-size.ts';

/** Rows of one DELETE: short enough that no writer waits for it. */
const pieceRows = 5_000;

/**
 * Removes history that ended before `beforeMs`, and all history of clusters that are no longer registered or
 * of series that are gone, in pieces.
 * @returns how many chunks were removed
 */
export async function expireSeries(beforeMs: number): Promise<number> {
  const before = new Date(beforeMs);
  const expired = await inPieces(
    'SELECT ctid FROM series_chunks WHERE level IN (0, 1, 2) AND to_at < $1',
    'series_chunks',
    before,
  );
  const orphaned = await inPieces(
    `SELECT c.ctid FROM series_chunks c LEFT JOIN series s ON s.id = c.series_id
     WHERE NOT EXISTS (SELECT 1 FROM clusters WHERE id = s.cluster_id) AND $1::timestamptz IS NOT NULL`,
    'series_chunks',
    before,
  );
  // A scrape that nobody sealed because its cluster has not been watched since.
  await inPieces('SELECT ctid FROM series_hot WHERE at < $1', 'series_hot', before);
  for (const table of ['series_hot', 'series_layouts']) {
    await guard(() =>
      pool().query(
        `DELETE FROM ${table} t WHERE NOT EXISTS (SELECT 1 FROM clusters WHERE id = t.cluster_id)`,
      ),
    );
  }
  const { rowCount } = await guard(() =>
    pool().query(
      `DELETE FROM series s
       WHERE (created_at < $1 OR NOT EXISTS (SELECT 1 FROM clusters WHERE id = s.cluster_id))
         AND NOT EXISTS (SELECT 1 FROM series_chunks c WHERE c.series_id = s.id)
         AND NOT EXISTS (SELECT 1 FROM series_layouts l WHERE l.cluster_id = s.cluster_id AND s.id = ANY(l.series_ids))`,
      [before],
    ),
  );
  if (rowCount) forgetLayouts();
  return expired + orphaned;
}

/** The oldest is removed in steps of so much of the whole time that is kept. */
const stepsOfTime = 20;

/**
 * Removes the oldest history until what is kept needs no more than `maxBytes`; scrapes that are not packed yet stay.
 * @returns how many chunks were removed
 */
export async function boundSeries(maxBytes: number, nowMs: number): Promise<number> {
  let removed = 0;
  for (let step = 0; step < stepsOfTime; step++) {
    const levels = await levelSizes();
    const bytes = levels.reduce((sum, level) => sum + level.bytes, 0);
    const oldest = Math.min(...levels.map(({ sinceMs }) => sinceMs ?? nowMs));
    if (bytes <= maxBytes || oldest >= nowMs) break;
    const before = new Date(oldest + Math.max(1, Math.ceil((nowMs - oldest) / stepsOfTime)));
    removed += await inPieces(
      'SELECT ctid FROM series_chunks WHERE level IN (0, 1, 2) AND to_at <= $1',
      'series_chunks',
      before,
    );
  }
  return removed;
}

async function inPieces(select: string, table: string, before: Date): Promise<number> {
  let removed = 0;
  for (;;) {
    const { rowCount } = await guard(() =>
      pool().query(`DELETE FROM ${table} WHERE ctid = ANY(ARRAY(${select} LIMIT ${pieceRows}))`, [before]),
    );
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < pieceRows) return removed;
  }
}
