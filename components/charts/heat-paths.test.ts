import { describe, expect, it } from 'vitest';
import { heatPaths } from './heat-paths.ts';

describe('cells of a heat map', () => {
  it('joins neighbours of one step and never fills a gap', () => {
    const paths = heatPaths([0, 0, null, 6, 6, 1], 6, 60, 10);
    expect(paths).toEqual([
      { step: 0, d: 'M0.0 0H20.0V10H0.0Z' },
      { step: 'gap', d: 'M20.0 0H30.0V10H20.0Z' },
      { step: 6, d: 'M30.0 0H50.0V10H30.0Z' },
      { step: 1, d: 'M50.0 0H60.0V10H50.0Z' },
    ]);
  });
  it('draws nothing of nothing', () => {
    expect(heatPaths([], 6, 60, 10)).toEqual([]);
  });
});
