import type { SearchHistogram } from '#lib/model/message-search.ts';

/** Bars of a search over time, in ms since the epoch; the part that was not searched yet stands beside them. */
export type HistogramShape = {
  fromMs: number;
  toMs: number;
  bucketMs: number;
  bars: { atMs: number; scanned: number; matched: number }[];
  mostMatched: number;
  mostScanned: number;
  /** What is still to be searched, `[from, to)`; null when nothing is, or it is not known. */
  unsearched: { fromMs: number; toMs: number } | null;
};

/**
 * What the histogram of a search draws: the whole time that is searched as far as it is known, so that bars do not move while it goes on.
 * @param isDone nothing more is coming, so nothing is left to be searched
 */
export function histogramShape(
  histogram: SearchHistogram | null,
  span: { from: string; to: string } | null,
  reachedAt: string | null,
  order: 'newest' | 'oldest',
  isDone: boolean,
): HistogramShape | null {
  const bars = histogram ? barsOf(histogram) : [];
  const spanFrom = span ? Date.parse(span.from) : Number.NaN;
  const spanTo = span ? Date.parse(span.to) : Number.NaN;
  const width = histogram?.bucketMs ?? 0;
  const starts = [bars[0]?.atMs, spanFrom].filter(isMoment);
  const ends = [bars.at(-1) ? (bars.at(-1)?.atMs ?? 0) + width : undefined, spanTo].filter(isMoment);
  if (starts.length === 0 || ends.length === 0) return null;
  const fromMs = Math.min(...starts);
  const toMs = Math.max(...ends, fromMs + 1);
  const left = leftOf(fromMs, toMs, reachedAt, order, bars.length > 0);
  return {
    fromMs,
    toMs,
    bucketMs: width || toMs - fromMs,
    bars,
    mostMatched: bars.reduce((most, bar) => Math.max(most, bar.matched), 0),
    mostScanned: bars.reduce((most, bar) => Math.max(most, bar.scanned), 0),
    unsearched: isDone ? null : left,
  };
}

/** What lies behind the place that the search has reached. Where that is not told, all of it until something was looked at. */
function leftOf(
  fromMs: number,
  toMs: number,
  reachedAt: string | null,
  order: 'newest' | 'oldest',
  hasBars: boolean,
): { fromMs: number; toMs: number } | null {
  if (reachedAt === null) return hasBars ? null : { fromMs, toMs };
  const edge = Math.min(toMs, Math.max(fromMs, Date.parse(reachedAt)));
  const left = order === 'newest' ? { fromMs, toMs: edge } : { fromMs: edge, toMs };
  return left.toMs > left.fromMs ? left : null;
}

const isMoment = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value);

/**
 * Buckets that hold something; empty ones at both ends are the range that was guessed. What was looked at is counted by batches, each
 * where it ends, and matches where they are: no bucket may hold fewer of the former.
 */
function barsOf({ fromMs, bucketMs, scanned, matched }: SearchHistogram): HistogramShape['bars'] {
  const bars = scanned.map((count, index) => ({
    atMs: fromMs + index * bucketMs,
    scanned: Math.max(count, matched[index] ?? 0),
    matched: matched[index] ?? 0,
  }));
  const first = bars.findIndex((bar) => bar.scanned > 0);
  const last = bars.findLastIndex((bar) => bar.scanned > 0);
  return first < 0 ? [] : bars.slice(first, last + 1);
}

/** The times between two bars, whichever was touched first, both belonging to it. */
export function betweenBars(
  shape: Pick<HistogramShape, 'fromMs' | 'toMs'>,
  a: number,
  b: number,
): { fromMs: number; toMs: number } {
  const clamp = (value: number) => Math.round(Math.min(shape.toMs, Math.max(shape.fromMs, value)));
  return { fromMs: clamp(Math.min(a, b)), toMs: clamp(Math.max(a, b)) };
}
