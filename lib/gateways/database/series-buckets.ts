import type { SeriesFold } from '#lib/model/series-kinds.ts';

/**
 * Points of one series, times ascending, epoch ms. Null: scraped, and not known. `reachMs` is how long after a point the
 * next may come without a gap; 0 for points as they were scraped, whose beat tells it.
 */
export type ReadPoints = { times: number[]; values: (number | null)[]; reachMs: number[] };

export const noPoints = (): ReadPoints => ({ times: [], values: [], reachMs: [] });

export type Aligned = { stepMs: number; at: number[]; values: (number | null)[][] };

/** A scrape that is missed now and then is no gap. */
const beatsOfReach = 2.5;
const shortestReachMs = 12_500;

/** `newer` after `older`; what both have is taken once. */
export function joined(older: ReadPoints, newer: ReadPoints): ReadPoints {
  const last = older.times.at(-1);
  if (last === undefined) return newer;
  const from = newer.times.findIndex((time) => time > last);
  if (from < 0) return older;
  return {
    times: older.times.concat(newer.times.slice(from)),
    values: older.values.concat(newer.values.slice(from)),
    reachMs: older.reachMs.concat(newer.reachMs.slice(from)),
  };
}

/** Every time that any of the series has, ascending. */
export function unionOfTimes(points: readonly ReadPoints[]): number[] {
  const longest = points.reduce((a, b) => (b.times.length > a.times.length ? b : a), noPoints());
  const isSame = ({ times }: ReadPoints): boolean =>
    times.length === 0 ||
    times === longest.times ||
    (times.length === longest.times.length && times.every((time, i) => time === longest.times[i]));
  // Series of one cluster are scraped together, so this is the usual case.
  if (points.every(isSame)) return longest.times;
  return [...new Set(points.flatMap(({ times }) => times))].sort((a, b) => a - b);
}

/** The usual distance of two scrapes: the median, which a pause does not move. */
export function usualStep(times: readonly number[]): number {
  if (times.length < 2) return 0;
  const steps = Float64Array.from({ length: times.length - 1 }, (_, i) => times[i + 1]! - times[i]!).sort();
  return steps[steps.length >> 1]!;
}

/** How long after each point the next may come without a gap. */
function reachOf({ times, reachMs }: ReadPoints): (i: number) => number {
  const beat = usualStep(times.filter((_, i) => reachMs[i] === 0));
  const ofScrapes = Math.max(beat * beatsOfReach, shortestReachMs);
  return (i) => reachMs[i] || ofScrapes;
}

/** The points at their own times. Where scrapes are missing a time with nothing known is put in, so that a line breaks there. */
export function gapped(times: readonly number[], points: readonly ReadPoints[]): Aligned {
  const stepMs = usualStep(times);
  const longest = points.find((one) => one.times.length === times.length);
  const reach = reachOf(longest ?? { times: [...times], values: [], reachMs: times.map(() => 0) });
  const at: number[] = [];
  times.forEach((time, i) => {
    const previous = at.at(-1);
    if (previous !== undefined && time - previous > reach(i - 1))
      at.push(Math.min(previous + stepMs, time - 1));
    at.push(time);
  });
  return { stepMs, at, values: points.map((one) => valuesAt(at, one)) };
}

function valuesAt(at: readonly number[], { times, values }: ReadPoints): (number | null)[] {
  let next = 0;
  return at.map((time) => {
    while (next < times.length && times[next]! < time) next++;
    return times[next] === time ? values[next]! : null;
  });
}

/**
 * The points in steps of equal length that cover the whole time, each with what is known in it put together. A step in
 * which nothing was scraped takes the value before, as long as the beat allows; a pause stays a pause.
 */
export function bucketed(
  times: readonly number[],
  points: readonly ReadPoints[],
  span: { fromMs: number; toMs: number; maxPoints: number; isStepped?: boolean },
  folds: readonly SeriesFold[],
): Aligned {
  const { fromMs, toMs, maxPoints } = span;
  const shortest = span.isStepped ? 0 : usualStep(times) * 2;
  const stepMs = Math.max(Math.ceil((toMs - fromMs) / maxPoints), shortest);
  const length = Math.max(1, Math.ceil((toMs - fromMs) / stepMs));
  const stepOf = (time: number): number => Math.min(length - 1, Math.floor((time - fromMs) / stepMs));
  const at = Array.from({ length }, (_, i) => fromMs + i * stepMs);
  const values = points.map((one, s) =>
    bridged(foldedIn(one, folds[s] ?? 'mean', length, stepOf), one, stepOf, toMs),
  );
  return { stepMs, at, values };
}

function foldedIn(
  one: ReadPoints,
  fold: SeriesFold,
  length: number,
  stepOf: (time: number) => number,
): (number | null)[] {
  const sums = new Float64Array(length);
  const counts = new Uint32Array(length);
  for (let i = 0; i < one.times.length; i++) {
    const value = one.values[i];
    if (value === null || value === undefined) continue;
    const step = stepOf(one.times[i]!);
    const before = sums[step]!;
    if (fold === 'mean' || counts[step] === 0) sums[step] = before + value;
    else if (fold === 'most' ? value > before : value < before) sums[step] = value;
    counts[step] = counts[step]! + 1;
  }
  return Array.from(sums, (sum, i) => {
    if (counts[i] === 0) return null;
    return fold === 'mean' ? sum / counts[i]! : sum;
  });
}

/** Steps between two points that are no further apart than the beat allows take the value before them. */
function bridged(
  folded: (number | null)[],
  one: ReadPoints,
  stepOf: (time: number) => number,
  toMs: number,
): (number | null)[] {
  const reach = reachOf(one);
  let last = -1;
  const fill = (until: number, beforeStep: number): void => {
    if (last < 0 || until - one.times[last]! > reach(last)) return;
    const from = stepOf(one.times[last]!);
    for (let step = from + 1; step < beforeStep; step++) folded[step] = folded[from]!;
  };
  for (let i = 0; i < one.times.length; i++) {
    if (one.values[i] === null) continue;
    fill(one.times[i]!, stepOf(one.times[i]!));
    last = i;
  }
  fill(toMs, folded.length);
  return folded;
}
