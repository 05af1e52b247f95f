import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketed, gapped, joined, type ReadPoints, unionOfTimes, usualStep } from './series-buckets.ts';

const points = fc.uniqueArray(fc.nat(100_000), { maxLength: 60 }).chain((times) =>
  fc.record({
    times: fc.constant(times.sort((a, b) => a - b)),
    values: fc.array(fc.option(fc.integer({ min: -1_000, max: 1_000 })), {
      minLength: times.length,
      maxLength: times.length,
    }),
  }),
);

describe('points of series put side by side', () => {
  it('keep every number at its time and add none', () => {
    fc.assert(
      fc.property(fc.array(points, { minLength: 1, maxLength: 4 }), (series) => {
        const { at, values } = gapped(unionOfTimes(series), series);
        expect(at).toEqual([...at].sort((a, b) => a - b));
        series.forEach((one, s) => {
          const known = at.flatMap((time, i) => (values[s]![i] === null ? [] : [[time, values[s]![i]]]));
          expect(known).toEqual(
            one.times.flatMap((time, i) => (one.values[i] === null ? [] : [[time, one.values[i]]])),
          );
        });
      }),
    );
  });

  it('have means within the range of what each step holds, and gaps exactly where nothing is known', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 50 }), (one, maxPoints) => {
        const span = { fromMs: 0, toMs: 100_000, maxPoints };
        const { at, values, stepMs } = bucketed(one.times, [one], span);
        expect(at.length).toBeLessThanOrEqual(maxPoints);
        at.forEach((from, i) => {
          const isLast = i === at.length - 1;
          const inside = one.values.filter(
            (value, j) =>
              value !== null && one.times[j]! >= from && (isLast || one.times[j]! < from + stepMs),
          ) as number[];
          const mean = values[0]![i];
          if (inside.length === 0) expect(mean).toBeNull();
          else {
            expect(mean).toBeGreaterThanOrEqual(Math.min(...inside) - 1e-9);
            expect(mean).toBeLessThanOrEqual(Math.max(...inside) + 1e-9);
          }
        });
      }),
    );
  });

  it('are joined once where both have them', () => {
    const older: ReadPoints = { times: [1, 2, 3], values: [1, 2, 3] };
    const newer: ReadPoints = { times: [2, 3, 4], values: [2, 3, 4] };
    expect(joined(older, newer)).toEqual({ times: [1, 2, 3, 4], values: [1, 2, 3, 4] });
    expect(joined(older, { times: [2], values: [2] })).toEqual(older);
    expect(joined({ times: [], values: [] }, newer)).toEqual(newer);
  });

  it('have the median as their usual distance', () => {
    expect(usualStep([0, 5, 10, 15, 900, 905])).toBe(5);
    expect(usualStep([7])).toBe(0);
  });
});
