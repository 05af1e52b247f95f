/** Points of one series, times ascending, epoch ms. Null: scraped, and not known. */
export type ReadPoints = { times: number[]; values: (number | null)[] };

export const noPoints = (): ReadPoints => ({ times: [], values: [] });

export type Aligned = { stepMs: number; at: number[]; values: (number | null)[][] };

/** `newer` after `older`; what both have is taken once. */
export function joined(older: ReadPoints, newer: ReadPoints): ReadPoints {
  const last = older.times.at(-1);
  if (last === undefined) return newer;
  const from = newer.times.findIndex((time) => time > last);
  if (from < 0) return older;
  return {
    times: older.times.concat(newer.times.slice(from)),
    values: older.values.concat(newer.values.slice(from)),
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

/** The points at their own times. Where scrapes are missing a time with nothing known is put in, so that a line breaks there. */
export function gapped(times: readonly number[], points: readonly ReadPoints[]): Aligned {
  const stepMs = usualStep(times);
  const at: number[] = [];
  for (const time of times) {
    const previous = at.at(-1);
    if (previous !== undefined && time - previous > stepMs * 2.5) at.push(previous + stepMs);
    at.push(time);
  }
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
 * The points in steps of equal length that cover the whole time, each with the mean of what is known in it. A step
 * is at least two scrapes long, so that an uneven beat leaves none of them empty.
 */
export function bucketed(
  times: readonly number[],
  points: readonly ReadPoints[],
  span: { fromMs: number; toMs: number; maxPoints: number; isStepped?: boolean },
): Aligned {
  const { fromMs, toMs, maxPoints } = span;
  const shortest = span.isStepped ? 0 : usualStep(times) * 2;
  const stepMs = Math.max(Math.ceil((toMs - fromMs) / maxPoints), shortest);
  const length = Math.max(1, Math.ceil((toMs - fromMs) / stepMs));
  const meansOf = (one: ReadPoints): (number | null)[] => {
    const sums = new Float64Array(length);
    const counts = new Uint32Array(length);
    for (let i = 0; i < one.times.length; i++) {
      const value = one.values[i];
      if (value === null || value === undefined) continue;
      const step = Math.min(length - 1, Math.floor((one.times[i]! - fromMs) / stepMs));
      sums[step] = sums[step]! + value;
      counts[step] = counts[step]! + 1;
    }
    return Array.from(sums, (sum, i) => (counts[i] ? sum / counts[i]! : null));
  };
  return { stepMs, at: Array.from({ length }, (_, i) => fromMs + i * stepMs), values: points.map(meansOf) };
}
