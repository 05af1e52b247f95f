import { guard, pool } from './client.ts';
import { noPoints, type ReadPoints } from './series-buckets.ts';
import { unpackPoints } from './series-codec.ts';

export type Span = { fromMs: number; toMs: number };

const forEach = (ids: readonly number[]): Map<number, ReadPoints> =>
  new Map(ids.map((id) => [id, noPoints()]));

/** Packed points by series id. */
export async function readChunks(ids: number[], { fromMs, toMs }: Span): Promise<Map<number, ReadPoints>> {
  const { rows } = await guard(() =>
    pool().query<{ series_id: number; data: Buffer }>({
      name: 'series-chunks',
      text: `SELECT series_id, data FROM series_chunks
             WHERE series_id = ANY($1) AND to_at >= $2 AND from_at <= $3 ORDER BY series_id, from_at`,
      values: [ids, new Date(fromMs), new Date(toMs)],
    }),
  );
  const all = forEach(ids);
  for (const { series_id: id, data } of rows) {
    const { times, values } = unpackPoints(data);
    const points = all.get(id)!;
    for (let i = 0; i < times.length; i++) {
      if (times[i]! < fromMs || times[i]! > toMs) continue;
      points.times.push(times[i]!);
      points.values.push(values[i]!);
    }
  }
  return all;
}

/** Where in the rows of a layout the wanted numbers lie: neighbours are cut out together. */
type Cut = { layoutId: number; from: number; length: number; wanted: { id: number; offset: number }[] };

/** Numbers between two wanted ones that are read along rather than cut around: a kilobyte. */
const alongNumbers = 128;

/**
 * Points that are not packed yet, by series id. Of each row only the wanted pieces are read, which PostgreSQL stores so
 * that it need not touch the rest.
 */
export async function readHot(
  clusterId: string,
  ids: number[],
  { fromMs, toMs }: Span,
): Promise<Map<number, ReadPoints>> {
  const cuts = cutsOf(await readPlaces(clusterId, ids));
  const { rows } = await guard(() =>
    pool().query<{ at: Date; nr: string; numbers: Buffer }>({
      name: 'series-hot',
      text: `SELECT h.at, cut.nr, substring(h.values FROM cut.start FOR cut.bytes) AS numbers
             FROM series_hot h JOIN unnest($2::int[], $3::int[], $4::int[]) WITH ORDINALITY
               AS cut (layout_id, start, bytes, nr) ON cut.layout_id = h.layout_id
             WHERE h.cluster_id = $1 AND h.at BETWEEN $5 AND $6 ORDER BY h.at`,
      values: [
        clusterId,
        cuts.map((cut) => cut.layoutId),
        cuts.map((cut) => cut.from * 8 + 1),
        cuts.map((cut) => cut.length * 8),
        ...[new Date(fromMs), new Date(toMs)],
      ],
    }),
  );
  const all = forEach(ids);
  for (const { at, nr, numbers } of rows) {
    const time = at.getTime();
    for (const { id, offset } of cuts[Number(nr) - 1]!.wanted) {
      const value = numbers.readDoubleLE(offset * 8);
      const points = all.get(id)!;
      points.times.push(time);
      points.values.push(Number.isNaN(value) ? null : value);
    }
  }
  return all;
}

type Place = { layout_id: number; series_id: number; place: number };

async function readPlaces(clusterId: string, ids: number[]): Promise<Place[]> {
  const { rows } = await guard(() =>
    pool().query<Place>({
      name: 'series-places',
      text: `SELECT * FROM (
               SELECT l.id AS layout_id, w.series_id, array_position(l.series_ids, w.series_id) - 1 AS place
               FROM series_layouts l, unnest($2::int[]) AS w (series_id) WHERE l.cluster_id = $1
             ) places WHERE place IS NOT NULL ORDER BY layout_id, place`,
      values: [clusterId, ids],
    }),
  );
  return rows;
}

function cutsOf(places: readonly Place[]): Cut[] {
  const cuts: Cut[] = [];
  for (const { layout_id: layoutId, series_id: id, place } of places) {
    const last = cuts.at(-1);
    if (last?.layoutId === layoutId && place - (last.from + last.length) <= alongNumbers) {
      last.length = place + 1 - last.from;
      last.wanted.push({ id, offset: place - last.from });
    } else cuts.push({ layoutId, from: place, length: 1, wanted: [{ id, offset: 0 }] });
  }
  return cuts;
}
