import type { PoolClient } from 'pg';
import type { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { type AlertRoute, type ChangedRoute, type NewRoute, RouteFields } from '#lib/model/alert-route.ts';
import { guard, inTransaction, pool } from './client.ts';

type Row = { id: string; name: string; position: number; route: unknown; version: number };

const toRoute = (row: Row): AlertRoute => ({
  ...RouteFields.parse(row.route),
  id: row.id,
  position: row.position,
  version: row.version,
});

type Sql = Pick<PoolClient, 'query'>;

/** All routes in their order: the first that fits an incident is taken. */
export async function listRoutes(sql: Sql = pool()): Promise<AlertRoute[]> {
  const { rows } = await guard(() => sql.query<Row>('SELECT * FROM alert_routes ORDER BY position, name'));
  return rows.map(toRoute);
}

/**
 * Keeps a new route, at its place or last.
 * @throws AppError `route.exists`, `channel.not-found` for a channel that is not there
 */
export async function createRoute(id: string, route: z.output<typeof NewRoute>): Promise<AlertRoute> {
  return distinct(route.name, () =>
    inTransaction(async (sql) => {
      const { position, ...fields } = route;
      await assertChannels(sql, fields);
      await sql.query(`INSERT INTO alert_routes (id, name, position, route) VALUES ($1, $2, 1000000, $3)`, [
        id,
        fields.name,
        JSON.stringify(fields),
      ]);
      await place(sql, id, position ?? 1_000_000);
      return readOne(sql, id);
    }),
  );
}

/**
 * Changes a route as it was seen at its version, and its place among the others.
 * @throws AppError `route.not-found`, `route.version`, `route.exists`, `channel.not-found`
 */
export async function updateRoute({
  id,
  version,
  position,
  ...fields
}: z.output<typeof ChangedRoute>): Promise<AlertRoute> {
  return distinct(fields.name, () =>
    inTransaction(async (sql) => {
      await lock(sql, id, version);
      await assertChannels(sql, fields);
      await sql.query(
        `UPDATE alert_routes SET name = $2, route = $3, version = version + 1, updated_at = now() WHERE id = $1`,
        [id, fields.name, JSON.stringify(fields)],
      );
      if (position !== undefined) await place(sql, id, position);
      return readOne(sql, id);
    }),
  );
}

/**
 * Removes a route as it was seen.
 * @throws AppError `route.not-found`, `route.version`
 */
export async function deleteRoute(id: string, version: number): Promise<void> {
  await inTransaction(async (sql) => {
    await lock(sql, id, version);
    await sql.query('DELETE FROM alert_routes WHERE id = $1', [id]);
    await place(sql, null, 0);
  });
}

/** Puts a route at its place and numbers all of them anew, from 1. */
async function place(sql: Sql, id: string | null, position: number): Promise<void> {
  const { rows } = await sql.query<{ id: string }>(
    'SELECT id FROM alert_routes ORDER BY position, name FOR UPDATE',
  );
  const others = rows.map((row) => row.id).filter((each) => each !== id);
  const order = id === null ? others : others.toSpliced(position - 1, 0, id);
  await sql.query(
    `UPDATE alert_routes r SET position = o.position FROM unnest($1::text[]) WITH ORDINALITY AS o (id, position)
     WHERE r.id = o.id`,
    [order],
  );
}

async function readOne(sql: Sql, id: string): Promise<AlertRoute> {
  const { rows } = await sql.query<Row>('SELECT * FROM alert_routes WHERE id = $1', [id]);
  return toRoute(rows[0]!);
}

async function assertChannels(sql: Sql, { channels, escalateTo }: RouteFields): Promise<void> {
  const wanted = [...new Set([...channels, ...escalateTo])];
  const { rows } = await sql.query('SELECT id FROM alert_channels WHERE id = ANY($1) FOR SHARE', [wanted]);
  if (rows.length !== wanted.length)
    throw new AppError('channel.not-found', {}, { fields: { channels: 'One of them was deleted.' } });
}

async function lock(sql: Sql, id: string, version: number): Promise<void> {
  const { rows } = await sql.query<Row>('SELECT * FROM alert_routes WHERE id = $1 FOR UPDATE', [id]);
  if (!rows[0]) throw new AppError('route.not-found');
  if (rows[0].version !== version) throw new AppError('route.version', { name: rows[0].name });
}

async function distinct<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('route.exists', { name }, { fields: { name: 'This name is taken.' } });
    throw error;
  }
}
