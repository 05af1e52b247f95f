import { describe, expect, it } from 'vitest';
import { hourOf, usualDay } from './usual.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 1);

/** Fourteen days in quarters of an hour; `valueAt` by hour of the day and day. */
function history(valueAt: (hourOfDay: number, dayNr: number) => number | null, days = 14) {
  const at = Array.from({ length: days * 96 }, (_, i) => start + i * (hour / 4));
  return { at, values: at.map((time) => valueAt(hourOf(time), Math.floor((time - start) / day))) };
}

describe('the usual pattern of a series', () => {
  it('is of each hour by itself: a quiet night is no trouble, the same number by day is', () => {
    const { at, values } = history((h, d) => (h < 6 ? 10 : 1000) * (1 + (d % 3) / 20));
    const bands = usualDay(at, values, 5);
    expect(bands[3]!.low).toBeLessThan(10);
    expect(bands[3]!.high).toBeGreaterThan(10);
    expect(bands[3]!.high).toBeLessThan(100);
    expect(bands[12]!.low).toBeGreaterThan(500);
    expect(bands[12]!.high).toBeLessThan(2500);
  });

  it('is moved by no single wild day, and a fall to nothing is always outside of it', () => {
    const steady = usualDay(...(Object.values(history((_h, d) => 100 + d)) as [number[], number[]]), 5);
    const wild = usualDay(
      ...(Object.values(history((_h, d) => (d === 7 ? 1e6 : 100 + d))) as [number[], number[]]),
      5,
    );
    expect(wild[5]!.high / steady[5]!.high).toBeLessThan(1.2);
    expect(steady[5]!.low).toBeGreaterThan(0);
  });

  it('is not known from fewer than three days, nor from gaps', () => {
    const two = history(() => 5, 2);
    expect(usualDay(two.at, two.values, 5).every((band) => band === null)).toBe(true);
    const gaps = history((h) => (h === 4 ? null : 5));
    const bands = usualDay(gaps.at, gaps.values, 5);
    expect(bands[4]).toBeNull();
    expect(bands[5]).not.toBeNull();
  });

  it('of what never moves is as wide as a tremble', () => {
    const { at, values } = history(() => 100);
    const band = usualDay(at, values, 5)[0]!;
    expect(band.low).toBeLessThan(90);
    expect(band.high).toBeGreaterThan(110);
    expect(usualDay(history(() => 0).at, history(() => 0).values, 5)[0]!.low).toBe(0);
  });
});
