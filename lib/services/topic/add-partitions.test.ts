import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedShare } from './add-partitions.ts';

describe('movedShare', () => {
  it('is half when partitions are doubled', () => {
    expect(movedShare(6, 12)).toBeCloseTo(0.5, 10);
  });

  it('equals counting hashes one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (from, more) => {
        const to = from + more;
        const period = from * to;
        let moved = 0;
        for (let h = 0; h < period; h++) if (h % from !== h % to) moved++;
        expect(movedShare(from, to)).toBeCloseTo(moved / period, 9);
      }),
    );
  });
});
