import type { Point, SeriesInput } from './prepare.ts';

/** A series with how it is drawn. `tone` only where the series itself is trouble. `before` is the same series of an earlier time, drawn pale. */
export type ChartSeries = SeriesInput & {
  tone?: 'critical' | 'warning';
  isName?: boolean;
  before?: readonly Point[];
};

/** Colour of the n-th series: six in this order, then "others" in ink-4. One series is always the first. */
export const seriesColor = (index: number): string =>
  index < 6 ? `var(--color-series-${index + 1})` : 'var(--color-ink-4)';

export const colorOf = (series: ChartSeries, index: number): string =>
  series.tone ? `var(--color-${series.tone}-solid)` : seriesColor(index);
