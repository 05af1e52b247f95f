import type { UsualBand } from './conditions.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const leastDays = 3;
/** A series that never moves would be unusual at its first tremble; so much is taken as usual at least, of the logarithm. */
const leastSpread = 0.05;

/** Where a series usually lies, by hour of the day (UTC); null for hours of which too few days are known. */
export type UsualDay = readonly (UsualBand | null)[];

/**
 * The usual pattern of a series from its history. Within each hour of the day: the median of what was seen on the days before, and
 * `times` the median distance from it to both sides (scaled to a standard deviation), of logarithms: half as much is then as
 * unusual as twice as much, and a single wild day moves neither.
 */
export function usualDay(at: readonly number[], values: readonly (number | null)[], times: number): UsualDay {
  const byHour: { days: Set<number>; logs: number[] }[] = Array.from({ length: 24 }, () => ({
    days: new Set(),
    logs: [],
  }));
  at.forEach((time, i) => {
    const value = values[i];
    if (value === null || value === undefined || value < 0) return;
    const hour = byHour[hourOf(time)]!;
    hour.days.add(Math.floor(time / dayMs));
    hour.logs.push(Math.log1p(value));
  });
  return byHour.map(({ days, logs }) => (days.size >= leastDays ? bandOf(logs, times) : null));
}

export const hourOf = (time: number): number => Math.floor((time % dayMs) / hourMs);

function bandOf(logs: number[], times: number): UsualBand {
  const middle = median(logs);
  const spread = Math.max(leastSpread, 1.4826 * median(logs.map((one) => Math.abs(one - middle))));
  return {
    low: Math.max(0, Math.expm1(middle - times * spread)),
    high: Math.expm1(middle + times * spread),
  };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
