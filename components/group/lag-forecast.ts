import type { Point } from '#components/charts/prepare.ts';

/** How far back a trend is looked for, at most. */
const trendMs = 15 * 60_000;
/** Fewer samples are no trend. */
const leastSamples = 4;

/**
 * Where lag in time goes when nothing changes: how many ms it grows per ms, by least squares over the newest quarter of an hour (or a
 * quarter of the range where that is less). Null where there are too few samples. Nothing can grow older faster than time itself.
 */
export function lagSlope(points: readonly Point[], from: number, to: number): number | null {
  const since = to - Math.min(trendMs, Math.max((to - from) / 4, 60_000));
  const known = points.filter(
    (point): point is readonly [number, number] => point[1] !== null && point[0] >= since,
  );
  const [first] = known;
  if (first === undefined || known.length < leastSamples) return null;
  const meanAt = known.reduce((sum, [at]) => sum + (at - first[0]), 0) / known.length;
  const meanLag = known.reduce((sum, [, lag]) => sum + lag, 0) / known.length;
  let above = 0;
  let below = 0;
  for (const [at, lag] of known) {
    above += (at - first[0] - meanAt) * (lag - meanLag);
    below += (at - first[0] - meanAt) ** 2;
  }
  return below === 0 ? null : Math.min(1, above / below);
}

/** When lag that grows at `slope` from `lagMs` meets `limitMs`; null when it does not. */
export function meetsAt(now: number, lagMs: number, slope: number | null, limitMs: number): number | null {
  if (slope === null || slope <= 0.01 || lagMs >= limitMs) return null;
  return now + (limitMs - lagMs) / slope;
}
