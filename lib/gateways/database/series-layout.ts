import { createHash } from 'node:crypto';
import { registry } from '#lib/process.ts';
import { guard, pool } from './client.ts';
import { lanes } from './series-lane.ts';

export type SeriesName = { kind: string; name: string };

/** Which series the numbers of a row belong to, in order. */
export type Layout = { id: number; seriesIds: Int32Array };

/** What the writer of a lane remembers, so that a scrape with the same series as the last needs no lookup. */
type Memory = { names: readonly SeriesName[]; layout: Layout | undefined; ids: Ids };

/** Ids by kind and name: not by one text of both, which would be made anew for each of a hundred thousand. */
type Ids = Map<string, Map<string, number>>;

const nothing: Memory = { names: [], layout: undefined, ids: new Map() };
const memories = (): Map<string, Memory> => registry('series-layouts', () => new Map());

const idOf = (ids: Ids, { kind, name }: SeriesName): number | undefined => ids.get(kind)?.get(name);

/** The layout of a lane for these series in this order; registers series and layout when they are new. */
export async function layoutFor(
  clusterId: string,
  lane: number,
  names: readonly SeriesName[],
): Promise<Layout> {
  const key = keyOf(clusterId, lane);
  const memory = memories().get(key) ?? nothing;
  if (memory.layout && isSame(memory.names, names)) return memory.layout;
  // Only what is in the layout is remembered: a series that is in none may be removed by any instance.
  const ids: Ids = new Map();
  const unknown: SeriesName[] = [];
  for (const name of names) {
    const id = idOf(memory.ids, name);
    if (id === undefined) unknown.push(name);
    else remember(ids, name, id);
  }
  if (unknown.length > 0) await register(clusterId, unknown, ids);
  const seriesIds = Int32Array.from(names, (name) => idOf(ids, name)!);
  const layout = { id: await layoutId(clusterId, lane, seriesIds), seriesIds };
  memories().set(key, { names, layout, ids });
  return layout;
}

/** After series or layouts were removed: look everything up again. */
export const forgetLayouts = (): void => memories().clear();

/**
 * Looks up the layouts of a cluster again before the next row of it, in all lanes: another instance writes its history, and
 * removes the layouts that its own rows need no more.
 */
export function forgetLayoutsOf(clusterId: string): void {
  for (const lane of Object.values(lanes)) memories().delete(keyOf(clusterId, lane));
}

const keyOf = (clusterId: string, lane: number): string => `${lane} ${clusterId}`;

function remember(ids: Ids, { kind, name }: SeriesName, id: number): void {
  const ofKind = ids.get(kind);
  if (ofKind) ofKind.set(name, id);
  else ids.set(kind, new Map([[name, id]]));
}

const isSame = (a: readonly SeriesName[], b: readonly SeriesName[]): boolean =>
  a.length === b.length && a.every((one, i) => one.name === b[i]!.name && one.kind === b[i]!.kind);

async function register(clusterId: string, names: readonly SeriesName[], ids: Ids): Promise<void> {
  const values = [clusterId, names.map(({ kind }) => kind), names.map(({ name }) => name)];
  await guard(() =>
    pool().query(
      `INSERT INTO series (cluster_id, kind, name)
       SELECT $1, wanted.kind, wanted.name FROM unnest($2::text[], $3::text[]) AS wanted (kind, name)
       ON CONFLICT DO NOTHING`,
      values,
    ),
  );
  for (const { id, ...name } of await findSeries(clusterId, names)) remember(ids, name, id);
}

/** The ids of the series that exist. */
export async function findSeries(
  clusterId: string,
  names: readonly SeriesName[],
): Promise<({ id: number } & SeriesName)[]> {
  const { rows } = await guard(() =>
    pool().query<{ id: number } & SeriesName>(
      `SELECT s.id, s.kind, s.name FROM unnest($2::text[], $3::text[]) AS wanted (kind, name)
       JOIN series s ON s.cluster_id = $1 AND s.kind = wanted.kind AND s.name = wanted.name`,
      [clusterId, names.map(({ kind }) => kind), names.map(({ name }) => name)],
    ),
  );
  return rows;
}

async function layoutId(clusterId: string, lane: number, seriesIds: Int32Array): Promise<number> {
  const hash = createHash('sha256').update(seriesIds).digest('hex');
  const { rows } = await guard(() =>
    pool().query<{ id: number }>(
      `INSERT INTO series_layouts (cluster_id, lane, hash, series_ids) VALUES ($1, $2, $3, $4)
       ON CONFLICT (cluster_id, lane, hash) DO UPDATE SET hash = excluded.hash RETURNING id`,
      [clusterId, lane, hash, Array.from(seriesIds)],
    ),
  );
  return rows[0]!.id;
}
