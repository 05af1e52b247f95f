import { AppError } from '#lib/errors/app-error.ts';
import { maxSavedSearches } from '#lib/model/saved-search.ts';
import { guard, inTransaction, pool } from './client.ts';

/** A search that is kept with its topic. */
export type KeptSearch = {
  id: string;
  name: string;
  ownerId: string;
  ownerName: string;
  isShared: boolean;
  search: Record<string, string>;
  updatedAtMs: number;
};

export type SearchPlace = { clusterId: string; topic: string };
export type SearchOwner = { ownerId: string; ownerName: string };

type Row = {
  id: string;
  name: string;
  owner_id: string;
  owner_name: string;
  is_shared: boolean;
  search: Record<string, string>;
  updated_at: Date;
};

const toSearch = (row: Row): KeptSearch => ({
  id: row.id,
  name: row.name,
  ownerId: row.owner_id,
  ownerName: row.owner_name,
  isShared: row.is_shared,
  search: row.search,
  updatedAtMs: row.updated_at.getTime(),
});

/** Searches of a topic that somebody may see: own ones and those that others share. */
export async function listSavedSearches(place: SearchPlace, ownerId: string): Promise<KeptSearch[]> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      `SELECT * FROM saved_searches WHERE cluster_id = $1 AND topic = $2 AND (is_shared OR owner_id = $3)
       ORDER BY owner_id <> $3, lower(name), id LIMIT 1000`,
      [place.clusterId, place.topic, ownerId],
    ),
  );
  return rows.map(toSearch);
}

/**
 * Keeps a new search.
 * @throws AppError `search.exists` when the owner has one of that name, `search.too-many`
 */
export async function insertSavedSearch(
  place: SearchPlace,
  owner: SearchOwner,
  kept: Pick<KeptSearch, 'id' | 'name' | 'isShared' | 'search'>,
): Promise<KeptSearch> {
  return distinct(kept.name, () =>
    inTransaction(async (sql) => {
      const counted = await sql.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM saved_searches WHERE cluster_id = $1 AND topic = $2 AND owner_id = $3`,
        [place.clusterId, place.topic, owner.ownerId],
      );
      if ((counted.rows[0]?.count ?? 0) >= maxSavedSearches)
        throw new AppError('search.too-many', { most: maxSavedSearches });
      const { rows } = await sql.query<Row>(
        `INSERT INTO saved_searches (id, cluster_id, topic, name, owner_id, owner_name, is_shared, search)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *`,
        [
          ...[kept.id, place.clusterId, place.topic, kept.name, owner.ownerId, owner.ownerName],
          ...[kept.isShared, JSON.stringify(kept.search)],
        ],
      );
      return toSearch(rows[0]!);
    }),
  );
}

/**
 * Saves over one's own search.
 * @throws AppError `search.not-found`, `search.exists`
 */
export async function updateSavedSearch(
  place: SearchPlace,
  ownerId: string,
  kept: Pick<KeptSearch, 'id' | 'name' | 'isShared' | 'search'>,
): Promise<KeptSearch> {
  return distinct(kept.name, async () => {
    const { rows } = await guard(() =>
      pool().query<Row>(
        `UPDATE saved_searches SET name = $5, is_shared = $6, search = $7, updated_at = now()
         WHERE id = $1 AND cluster_id = $2 AND topic = $3 AND owner_id = $4 RETURNING *`,
        [
          ...[kept.id, place.clusterId, place.topic, ownerId],
          ...[kept.name, kept.isShared, JSON.stringify(kept.search)],
        ],
      ),
    );
    if (!rows[0]) throw new AppError('search.not-found');
    return toSearch(rows[0]);
  });
}

/** Removes a search; with `ownerId` only if it is that person's, else only if it is shared. Gives whether there was one. */
export async function deleteSavedSearch(
  place: SearchPlace,
  id: string,
  by: { ownerId: string; mayRemoveShared: boolean },
): Promise<boolean> {
  const { rowCount } = await guard(() =>
    pool().query(
      `DELETE FROM saved_searches WHERE id = $1 AND cluster_id = $2 AND topic = $3
         AND (owner_id = $4 OR ($5 AND is_shared))`,
      [id, place.clusterId, place.topic, by.ownerId, by.mayRemoveShared],
    ),
  );
  return rowCount === 1;
}

async function distinct<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('search.exists', { name }, { fields: { name: 'This name is taken.' } });
    throw error;
  }
}
