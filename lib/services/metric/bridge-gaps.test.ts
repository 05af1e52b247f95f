import { describe, expect, it } from 'vitest';
import { bridgeGaps } from './bridge-gaps.ts';

const grid = (count: number, stepMs: number) => Array.from({ length: count }, (_, i) => i * stepMs);

describe('bridgeGaps', () => {
  it('joins what lies between two samples of the idle pace', () => {
    expect(bridgeGaps(grid(5, 15_000), [1, null, 3, null, 5])).toEqual([1, 1, 3, 3, 5]);
  });

  it('keeps a real silence as a gap, never as zero', () => {
    expect(bridgeGaps(grid(8, 15_000), [1, null, null, null, null, null, null, 8])).toEqual([
      1,
      null,
      null,
      null,
      null,
      null,
      null,
      8,
    ]);
  });

  it('does not invent values before the first sample', () => {
    expect(bridgeGaps(grid(3, 15_000), [null, null, 3])).toEqual([null, null, 3]);
  });
});
