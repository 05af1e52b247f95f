import { setImmediate as nextTurn } from 'node:timers/promises';
import { guard, pool } from './client.ts';
import { noPoints, type ReadPoints } from './series-buckets.ts';
import { unpackPoints } from './series-codec.ts';
import { laneOf, lanes } from './series-lane.ts';

export type Span = { fromMs: number; toMs: number };

const forEach = (ids: readonly number[]): Map<number, ReadPoints> =>
  new Map(ids.map((id) => [id, noPoints()]));

/** How long after a point of a level the next may come without a gap: two and a half steps; scrapes have their own beat. */
const reachOfLevel = [0, 150_000, 2_250_000];

/** So many points are unpacked before others get a turn: some milliseconds of work. */
const pointsOfATurn = 100_000;

/** Packed points by series id. */
export async function readChunks(ids: number[], { fromMs, toMs }: Span): Promise<Map<number, ReadPoints>> {
  const { rows } = await guard(() =>
    pool().query<{ series_id: number; level: number; data: Buffer }>({
      name: 'series-chunks',
      text: `SELECT series_id, level, data FROM series_chunks
             WHERE series_id = ANY($1) AND to_at >= $2 AND from_at <= $3 ORDER BY series_id, from_at`,
      values: [ids, new Date(fromMs), new Date(toMs)],
    }),
  );
  const all = forEach(ids);
  let unpacked = 0;
  for (const { series_id: id, level, data } of rows) {
    const { times, values } = unpackPoints(data);
    const points = all.get(id)!;
    const reachMs = reachOfLevel[level] ?? 0;
    // The last step of one chunk may be the first of the next: what is told twice is taken once.
    let last = points.times.at(-1) ?? Number.NEGATIVE_INFINITY;
    for (let i = 0; i < times.length; i++) {
      const time = times[i]!;
      if (time < fromMs || time > toMs || time <= last) continue;
      last = time;
      points.times.push(time);
      points.values.push(values[i]!);
      points.reachMs.push(reachMs);
    }
    unpacked += times.length;
    if (unpacked > pointsOfATurn) {
      unpacked = 0;
      await nextTurn();
    }
  }
  return all;
}

/** Where in the rows of a layout the wanted numbers lie: neighbours are cut out together. */
type Cut = {
  lane: number;
  layoutId: number;
  from: number;
  length: number;
  wanted: { id: number; offset: number }[];
};

/** Numbers between two wanted ones that are read along rather than cut around: a kilobyte. */
const alongNumbers = 128;

/**
 * Points that are not packed yet, by series id. Of each row only the wanted pieces are read, which PostgreSQL stores so
 * that it need not touch the rest.
 */
export async function readHot(
  clusterId: string,
  series: readonly { id: number; kind: string }[],
  { fromMs, toMs }: Span,
): Promise<Map<number, ReadPoints>> {
  const ids = series.map(({ id }) => id);
  const cuts = cutsOf(await readPlaces(clusterId, ids, lanesOf(series)));
  const { rows } = await guard(() =>
    pool().query<{ at: Date; nr: string; numbers: Buffer }>({
      name: 'series-hot',
      text: `SELECT h.at, cut.nr, substring(h.values FROM cut.start FOR cut.bytes) AS numbers
             FROM unnest($2::int[], $3::int[], $4::int[], $5::int[]) WITH ORDINALITY
               AS cut (lane, layout_id, start, bytes, nr)
             JOIN series_hot h ON h.cluster_id = $1 AND h.lane = cut.lane AND h.layout_id = cut.layout_id
             WHERE h.at BETWEEN $6 AND $7 ORDER BY h.at`,
      values: [
        clusterId,
        cuts.map((cut) => cut.lane),
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
      points.reachMs.push(0);
    }
  }
  return all;
}

type Place = { lane: number; layout_id: number; series_id: number; place: number };

/** Where rows of these series lie; rows from before there were lanes are all in the first. */
export const lanesOf = (series: readonly { kind: string }[]): number[] => [
  ...new Set([lanes.core, ...series.map(({ kind }) => laneOf(kind))]),
];

async function readPlaces(clusterId: string, ids: number[], inLanes: number[]): Promise<Place[]> {
  const { rows } = await guard(() =>
    pool().query<Place>({
      name: 'series-places',
      text: `SELECT * FROM (
               SELECT l.lane, l.id AS layout_id, w.series_id, array_position(l.series_ids, w.series_id) - 1 AS place
               FROM series_layouts l, unnest($2::int[]) AS w (series_id) WHERE l.cluster_id = $1 AND l.lane = ANY($3)
             ) places WHERE place IS NOT NULL ORDER BY layout_id, place`,
      values: [clusterId, ids, inLanes],
    }),
  );
  return rows;
}

function cutsOf(places: readonly Place[]): Cut[] {
  const cuts: Cut[] = [];
  for (const { lane, layout_id: layoutId, series_id: id, place } of places) {
    const last = cuts.at(-1);
    if (last?.layoutId === layoutId && place - (last.from + last.length) <= alongNumbers) {
      last.length = place + 1 - last.from;
      last.wanted.push({ id, offset: place - last.from });
    } else cuts.push({ lane, layoutId, from: place, length: 1, wanted: [{ id, offset: 0 }] });
  }
  return cuts;
}
