import { describe, expect, it } from 'vitest';
import { betweenBars, histogramShape } from './histogram-shape.ts';

const at = (ms: number) => new Date(ms).toISOString();
const histogram = { fromMs: 1000, bucketMs: 100, scanned: [0, 5, 7, 0], matched: [0, 1, 0, 0] };

describe('the histogram of a search', () => {
  it('covers the whole time that is searched, and hatches what is left of it', () => {
    const span = { from: at(500), to: at(2000) };
    const newest = histogramShape(histogram, span, at(1100), 'newest', false);
    expect(newest).toMatchObject({ fromMs: 500, toMs: 2000, mostMatched: 1, mostScanned: 7 });
    expect(newest?.unsearched).toEqual({ fromMs: 500, toMs: 1100 });
    const oldest = histogramShape(histogram, span, at(1300), 'oldest', false);
    expect(oldest?.unsearched).toEqual({ fromMs: 1300, toMs: 2000 });
    expect(histogramShape(histogram, span, at(1100), 'newest', true)?.unsearched).toBeNull();
  });

  it('is hatched whole until something is known, and is not drawn without any time', () => {
    const span = { from: at(500), to: at(2000) };
    expect(histogramShape(null, span, null, 'newest', false)?.unsearched).toEqual({
      fromMs: 500,
      toMs: 2000,
    });
    expect(histogramShape(null, null, null, 'newest', false)).toBeNull();
  });

  it('leaves empty buckets at its ends away', () => {
    const shape = histogramShape(histogram, null, null, 'newest', true);
    expect(shape?.bars.map((bar) => bar.atMs)).toEqual([1100, 1200]);
    expect(shape).toMatchObject({ fromMs: 1100, toMs: 1300 });
  });

  it('has a bar where something matched, though its batch is counted elsewhere', () => {
    const coarse = { fromMs: 0, bucketMs: 10, scanned: [0, 0, 9], matched: [1, 0, 2] };
    const shape = histogramShape(coarse, null, null, 'newest', true);
    expect(shape?.bars.map(({ scanned, matched }) => [scanned, matched])).toEqual([
      [1, 1],
      [0, 0],
      [9, 2],
    ]);
  });

  it('takes a drag in either direction and no further than it reaches', () => {
    expect(betweenBars({ fromMs: 0, toMs: 100 }, 80.4, -20)).toEqual({ fromMs: 0, toMs: 80 });
  });
});
