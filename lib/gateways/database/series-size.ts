import { guard, pool } from './client.ts';

export type LevelSize = { level: number; chunks: number; bytes: number; sinceMs: number | null };

/** What a row costs beside its data: header, columns, and its entries in two indexes. */
const rowBytes = 150;
/** From so many chunks on a hundredth of them is looked at. */
const countedChunks = 300_000;

/** Chunks and bytes of each level: counted, or estimated from a sample when there are many. */
export async function levelSizes(): Promise<LevelSize[]> {
  const { rows: known } = await guard(() =>
    pool().query<{ rows: number }>(
      `SELECT greatest(reltuples, 0)::float8 AS rows FROM pg_class WHERE oid = 'series_chunks'::regclass`,
    ),
  );
  const percent = (known[0]?.rows ?? 0) > countedChunks ? 1 : 100;
  const { rows } = await guard(() =>
    pool().query<{ level: number; chunks: number; bytes: number; since: Date | null }>(
      `SELECT l.level, coalesce(s.chunks, 0) AS chunks, coalesce(s.bytes, 0) AS bytes,
         (SELECT from_at FROM series_chunks WHERE level = l.level ORDER BY to_at LIMIT 1) AS since
       FROM (VALUES (0), (1), (2)) AS l (level)
       LEFT JOIN (
         SELECT level, count(*)::float8 * 100 / ${percent} AS chunks,
           sum(octet_length(data) + ${rowBytes})::float8 * 100 / ${percent} AS bytes
         FROM series_chunks TABLESAMPLE SYSTEM (${percent}) GROUP BY level
       ) s ON s.level = l.level ORDER BY l.level`,
    ),
  );
  return rows.map(({ level, chunks, bytes, since }) => ({
    level,
    chunks: Math.round(chunks),
    bytes: Math.round(bytes),
    sinceMs: since?.getTime() ?? null,
  }));
}

/** Bytes on disk of all of history, and how many series there are. */
export async function storeSize(): Promise<{ usedBytes: number; hotBytes: number; series: number }> {
  const { rows } = await guard(() =>
    pool().query<{ used: string; hot: string; series: number }>(
      `SELECT (SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(
           ARRAY['series', 'series_layouts', 'series_hot', 'series_chunks']) AS t) AS used,
         (SELECT coalesce(sum(octet_length(values)), 0) FROM series_hot) AS hot,
         (SELECT count(*)::int FROM series) AS series`,
    ),
  );
  const row = rows[0]!;
  return { usedBytes: Number(row.used), hotBytes: Number(row.hot), series: row.series };
}
