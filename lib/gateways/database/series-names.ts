import { guard, pool } from './client.ts';

/** A text as a pattern of LIKE that finds it anywhere. */
const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Names of a cluster that have, or had, a series of a kind, in the order of their characters. */
export async function listSeriesNames(asked: {
  clusterId: string;
  kind: string;
  q: string;
  offset: number;
  limit: number;
}): Promise<{ names: string[]; total: number }> {
  const { clusterId, kind, q, offset, limit } = asked;
  const where = 'cluster_id = $1 AND kind = $2 AND name ILIKE $3';
  const values = [clusterId, kind, anywhere(q)];
  const [found, counted] = await Promise.all([
    guard(() =>
      pool().query<{ name: string }>(
        `SELECT name FROM series WHERE ${where} ORDER BY name COLLATE "C" LIMIT $4 OFFSET $5`,
        [...values, limit, offset],
      ),
    ),
    guard(() =>
      pool().query<{ total: number }>(`SELECT count(*)::int AS total FROM series WHERE ${where}`, values),
    ),
  ]);
  return { names: found.rows.map(({ name }) => name), total: counted.rows[0]?.total ?? 0 };
}

/** Which kinds of series have, or had, numbers on which clusters. */
export async function listSeriesKinds(): Promise<{ clusterId: string; kind: string }[]> {
  const { rows } = await guard(() =>
    pool().query<{ cluster_id: string; kind: string }>('SELECT DISTINCT cluster_id, kind FROM series'),
  );
  return rows.map(({ cluster_id: clusterId, kind }) => ({ clusterId, kind }));
}

/** Which of these kinds have numbers in the history of a cluster, whether anything tells them now or not. */
export async function keptKinds<K extends string>(clusterId: string, kinds: readonly K[]): Promise<Set<K>> {
  const { rows } = await guard(() =>
    pool().query<{ kind: K }>({
      name: 'series-kept-kinds',
      // The first chunk of a kind tells: a series may stand there and never have been known.
      text: `SELECT wanted.kind FROM unnest($2::text[]) AS wanted (kind) CROSS JOIN LATERAL (
               SELECT 1 FROM series s JOIN series_chunks c ON c.series_id = s.id
               WHERE s.cluster_id = $1 AND s.kind = wanted.kind LIMIT 1
             ) kept`,
      values: [clusterId, kinds],
    }),
  );
  return new Set(rows.map(({ kind }) => kind));
}
