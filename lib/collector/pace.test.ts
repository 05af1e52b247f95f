import { describe, expect, it } from 'vitest';
import { isDue, paceOf } from './pace.ts';

describe('paceOf', () => {
  it('reads a usual cluster on every beat, and brokers and offsets of the largest at least every 15 s', () => {
    expect(paceOf(5_000, 10_000)).toMatchObject({ state: 5_000, offsets: 5_000, groups: 10_000 });
    expect(paceOf(5_000, 100_000)).toMatchObject({ state: 10_000, offsets: 10_000 });
    expect(paceOf(5_000, 1_000_000)).toMatchObject({ state: 15_000, offsets: 15_000 });
  });

  it('keeps parts that are due together on the same beat', () => {
    expect(isDue(null, 0, 10_000, 5_000)).toBe(true);
    expect(isDue(0, 9_000, 10_000, 5_000)).toBe(true);
    expect(isDue(0, 5_000, 10_000, 5_000)).toBe(false);
  });
});
