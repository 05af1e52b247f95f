import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketed, gapped, joined, type ReadPoints, unionOfTimes, usualStep } from './series-buckets.ts';

const scraped = (times: number[], values: (number | null)[]): ReadPoints => ({
  times,
  values,
  reachMs: times.map(() => 0),
});

const points = fc.uniqueArray(fc.nat(100_000), { maxLength: 60 }).chain((times) =>
  fc
    .array(fc.option(fc.integer({ min: -1_000, max: 1_000 })), {
      minLength: times.length,
      maxLength: times.length,
    })
    .map((values) =>
      scraped(
        times.sort((a, b) => a - b),
        values,
      ),
    ),
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

  it('have means, most or least of what each step holds, and nothing that was never there', () => {
    fc.assert(
      fc.property(
        points,
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom('mean' as const, 'most' as const, 'least' as const),
        (one, maxPoints, fold) => {
          const span = { fromMs: 0, toMs: 100_000, maxPoints };
          const { at, values, stepMs } = bucketed(one.times, [one], span, [fold]);
          expect(at.length).toBeLessThanOrEqual(maxPoints);
          at.forEach((from, i) => {
            const isLast = i === at.length - 1;
            const inside = one.values.filter(
              (value, j) =>
                value !== null && one.times[j]! >= from && (isLast || one.times[j]! < from + stepMs),
            ) as number[];
            const value = values[0]![i]!;
            if (inside.length === 0) {
              // Bridged from the step before, or nothing.
              if (value !== null) expect(value).toBe(values[0]![i - 1]);
            } else if (fold === 'most') expect(value).toBe(Math.max(...inside));
            else if (fold === 'least') expect(value).toBe(Math.min(...inside));
            else {
              expect(value).toBeGreaterThanOrEqual(Math.min(...inside) - 1e-9);
              expect(value).toBeLessThanOrEqual(Math.max(...inside) + 1e-9);
            }
          });
        },
      ),
    );
  });

  const inSteps = (one: ReadPoints, toMs: number, stepMs: number) =>
    bucketed(one.times, [one], { fromMs: 0, toMs, maxPoints: toMs / stepMs, isStepped: true }, ['mean'])
      .values[0];

  it('join what lies between two scrapes of the beat, and keep a real silence as a gap, never as zero', () => {
    const beat = scraped([0, 30_000, 60_000, 300_000], [1, 3, 5, 7]);
    const values = inSteps(beat, 330_000, 15_000)!;
    expect(values.slice(0, 6)).toEqual([1, 1, 3, 3, 5, null]);
    expect(values.slice(15, 20)).toEqual([null, null, null, null, null]);
    expect(values.slice(20)).toEqual([7, 7]);
  });

  it('invent nothing before the first scrape, nor long after the last', () => {
    const values = inSteps(scraped([50_000, 55_000, 60_000], [1, 1, 1]), 120_000, 5_000)!;
    expect(values.slice(0, 10)).toEqual(Array(10).fill(null));
    expect(values.slice(13)).toEqual(Array(11).fill(null));
  });

  it('know that older points stand for longer', () => {
    const quarters: ReadPoints = {
      times: [0, 900_000, 1_800_000, 1_860_000, 1_865_000],
      values: [1, 2, 3, 4, 5],
      reachMs: [2_250_000, 2_250_000, 150_000, 0, 0],
    };
    expect(inSteps(quarters, 1_870_000, 10_000)).not.toContain(null);
    const { at } = gapped(quarters.times, [quarters]);
    expect(at).toEqual(quarters.times);
  });

  it('are joined once where both have them', () => {
    const older = scraped([1, 2, 3], [1, 2, 3]);
    const newer = scraped([2, 3, 4], [2, 3, 4]);
    expect(joined(older, newer)).toEqual(scraped([1, 2, 3, 4], [1, 2, 3, 4]));
    expect(joined(older, scraped([2], [2]))).toEqual(older);
    expect(joined(scraped([], []), newer)).toEqual(newer);
  });

  it('have the median as their usual distance', () => {
    expect(usualStep([0, 5, 10, 15, 900, 905])).toBe(5);
    expect(usualStep([7])).toBe(0);
  });
});
