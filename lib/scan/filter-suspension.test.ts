import { describe, expect, it } from 'vitest';
import { FilterSuspension } from './filter-suspension.ts';

describe('filters that had to be stopped', () => {
  it('three within a minute keep their author waiting for five, and nobody else', () => {
    const suspension = new FilterSuspension();
    for (const at of [0, 50_000, 61_000]) suspension.record('ana', at);
    expect(() => suspension.check('ana', 62_000)).not.toThrow();
    suspension.record('ana', 100_000);
    expect(() => suspension.check('ana', 100_001)).toThrow(
      expect.objectContaining({ code: 'filter.suspended', facts: { retryAfterSeconds: 300 } }),
    );
    expect(() => suspension.check('ben', 100_001)).not.toThrow();
    expect(() => suspension.check('ana', 400_001)).not.toThrow();
    suspension.record('ana', 400_002);
    expect(() => suspension.check('ana', 400_003)).not.toThrow();
  });
});
