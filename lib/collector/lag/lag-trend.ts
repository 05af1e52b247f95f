import { ringSize } from './commit-rings.ts';

/** What lags after successive commits did: `few` are too few to say. */
export type LagTrend = 'touched-zero' | 'shrinks' | 'grows' | 'keeps' | 'few';

/**
 * The trend of lags over a full ring, oldest first. It needs no threshold: lag grows when it rose and never fell, or when each
 * of the newer half is above each of the older; it shrinks in the same way; else it keeps its distance. Fewer would read
 * chance as a trend.
 */
export function lagTrend(lags: ArrayLike<number>): LagTrend {
  const count = lags.length;
  let rises = 0;
  let falls = 0;
  for (let i = 0; i < count; i++) {
    if (lags[i]! <= 0) return 'touched-zero';
    if (i > 0 && lags[i]! > lags[i - 1]!) rises++;
    if (i > 0 && lags[i]! < lags[i - 1]!) falls++;
  }
  if (count < ringSize) return 'few';
  if (falls === 0 && rises === 0) return 'keeps';
  if (falls === 0) return 'grows';
  if (rises === 0) return 'shrinks';
  const half = count >> 1;
  const older = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  const newer = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  for (let i = 0; i < count; i++) {
    const part = i < half ? older : newer;
    part.least = Math.min(part.least, lags[i]!);
    part.most = Math.max(part.most, lags[i]!);
  }
  if (newer.least > older.most) return 'grows';
  if (newer.most < older.least) return 'shrinks';
  return 'keeps';
}
