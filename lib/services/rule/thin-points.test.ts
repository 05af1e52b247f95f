import { describe, expect, it } from 'vitest';
import { thinned } from './thin-points.ts';

describe('fewer points for a chart', () => {
  const at = Array.from({ length: 3000 }, (_, i) => i);
  it('keep the worst of each step', () => {
    const values = at.map((i) => (i === 1234 ? 99 : 1));
    expect(thinned(at, values, false).values.filter((value) => value === 99)).toHaveLength(1);
    expect(
      thinned(
        at,
        at.map((i) => (i === 1234 ? 0 : 1)),
        true,
      ).values.filter((value) => value === 0),
    ).toHaveLength(1);
    expect(thinned(at, values, false).at).toHaveLength(300);
  });
  it('are as they were when they are few, and gaps stay gaps', () => {
    expect(thinned([1, 2], [null, 3], false)).toEqual({ at: [1, 2], values: [null, 3] });
    expect(
      new Set(
        thinned(
          at,
          at.map(() => null),
          true,
        ).values,
      ),
    ).toEqual(new Set([null]));
  });
});
