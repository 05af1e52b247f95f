import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduceWindow } from './tile-values.ts';

const at = [0, 5_000, 10_000, 15_000, 20_000];

describe('the number of a tile', () => {
  it('is made of the points that are known', () => {
    const values = [2, null, 6, 4, null];
    expect(reduceWindow(at, values, 'last')).toEqual({ value: 4, asOfMs: 15_000 });
    expect(reduceWindow(at, values, 'mean').value).toBe(4);
    expect(reduceWindow(at, values, 'max').value).toBe(6);
    expect(reduceWindow(at, values, 'min').value).toBe(2);
    expect(reduceWindow(at, values, 'change').value).toBe(2);
  });

  it('is unknown without one, and a change or a total without two', () => {
    for (const by of ['last', 'mean', 'max', 'min', 'total', 'change'] as const)
      expect(reduceWindow(at, [null, null, null, null, null], by)).toEqual({ value: null, asOfMs: null });
    expect(reduceWindow(at, [3, null, null, null, null], 'change').value).toBeNull();
    expect(reduceWindow(at, [3, null, null, null, null], 'total').value).toBeNull();
    expect(reduceWindow(at, [0, 0, 0, 0, 0], 'last').value).toBe(0);
  });

  it('counts what a rate came to, and makes up nothing for a pause', () => {
    expect(reduceWindow(at, [10, 10, 10, 10, 10], 'total').value).toBe(250);
    const paused = [0, 5_000, 10_000, 310_000, 315_000];
    expect(reduceWindow(paused, [10, 10, 10, 10, 10], 'total').value).toBe(50 + 50 + 50 + 125 + 50);
  });

  it('totals a steady rate to rate times time, whatever the pace', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 2, max: 200 }),
        fc.integer({ min: 0, max: 1_000 }),
        (seconds, count, rate) => {
          const times = Array.from({ length: count }, (_, i) => i * seconds * 1_000);
          const { value } = reduceWindow(times, Array(count).fill(rate), 'total');
          expect(value).toBeCloseTo(rate * seconds * count, 3);
        },
      ),
    );
  });
});
