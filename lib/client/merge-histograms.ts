import type { SearchHistogram } from '#lib/model/message-search.ts';

/** Most bars that are drawn. */
const maxBuckets = 240;

/**
 * Both on one scale of time: buckets of the wider width (doubled until they are few enough), each count in the bucket that its own
 * bucket begins in.
 */
export function mergeHistograms(a: SearchHistogram, b: SearchHistogram): SearchHistogram {
  const from = Math.min(a.fromMs, b.fromMs);
  const to = Math.max(endOf(a), endOf(b));
  let bucketMs = Math.max(a.bucketMs, b.bucketMs, 1);
  while ((to - from) / bucketMs > maxBuckets) bucketMs *= 2;
  const count = Math.max(1, Math.ceil((to - from) / bucketMs));
  const merged = {
    fromMs: from,
    bucketMs,
    scanned: new Array<number>(count).fill(0),
    matched: new Array<number>(count).fill(0),
  };
  for (const one of [a, b]) {
    for (let i = 0; i < one.scanned.length; i++) {
      const at = Math.min(count - 1, Math.floor((one.fromMs + i * one.bucketMs - from) / bucketMs));
      merged.scanned[at] = (merged.scanned[at] ?? 0) + (one.scanned[i] ?? 0);
      merged.matched[at] = (merged.matched[at] ?? 0) + (one.matched[i] ?? 0);
    }
  }
  return merged;
}

const endOf = (one: SearchHistogram): number => one.fromMs + one.bucketMs * one.scanned.length;
