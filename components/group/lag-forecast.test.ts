import { describe, expect, it } from 'vitest';
import { lagSlope, meetsAt } from './lag-forecast.ts';

const minute = 60_000;
const hour = 60 * minute;
const rising = (slope: number, end = hour) =>
  Array.from({ length: 61 }, (_, i) => [i * minute, slope * i * minute] as const).filter(([at]) => at <= end);

describe('where lag in time goes', () => {
  it('follows the newest samples, not the whole range', () => {
    expect(lagSlope(rising(1), 0, hour)).toBeCloseTo(1);
    const turned = rising(1).map(([at, lag]) => [at, at > 40 * minute ? 40 * minute : lag] as const);
    expect(lagSlope(turned, 0, hour)).toBeCloseTo(0);
  });
  it('is not made up from too few samples, nor from a gap', () => {
    expect(lagSlope(rising(1, 2 * minute), 0, hour)).toBeNull();
    expect(
      lagSlope(
        rising(1).map(([at]) => [at, null] as const),
        0,
        hour,
      ),
    ).toBeNull();
  });
  it('never grows faster than time', () => {
    expect(lagSlope(rising(4), 0, hour)).toBe(1);
  });
  it('meets retention when it grows, and not when it shrinks or is past it', () => {
    expect(meetsAt(hour, hour, 1, 2 * hour)).toBe(2 * hour);
    expect(meetsAt(hour, hour, 0.5, 2 * hour)).toBe(3 * hour);
    expect(meetsAt(hour, hour, -1, 2 * hour)).toBeNull();
    expect(meetsAt(hour, 3 * hour, 1, 2 * hour)).toBeNull();
  });
});
