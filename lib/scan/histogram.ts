import type { SearchHistogram } from '#lib/model/message-search.ts';

const BUCKETS = 120;
/** Records older than that, and later than the end of belief, would stretch the picture over nothing. */
const OLDEST_MS = 20 * 365 * 86_400_000;

/** Counts over time without knowing the range beforehand: when a time lies outside, buckets become twice as wide. */
export class Histogram {
  private readonly latestMs: number;
  private fromMs = 0;
  private bucketMs = 1_000;
  private isEmpty = true;
  private scanned = new Float64Array(BUCKETS);
  private matched = new Float64Array(BUCKETS);

  constructor(latestMs: number) {
    this.latestMs = latestMs;
  }

  addScanned(times: Float64Array, counts: Float64Array): void {
    for (let i = 0; i < times.length; i++) {
      const at = this.bucketOf(times[i] as number);
      if (at >= 0) this.scanned[at] = (this.scanned[at] as number) + (counts[i] as number);
    }
  }

  addMatched(times: Float64Array): void {
    for (let i = 0; i < times.length; i++) {
      const at = this.bucketOf(times[i] as number);
      if (at >= 0) this.matched[at] = (this.matched[at] as number) + 1;
    }
  }

  /** From the first to the last bucket that holds something; null when none does. */
  get value(): SearchHistogram | null {
    if (this.isEmpty) return null;
    let first = 0;
    let last = BUCKETS - 1;
    const isVoid = (at: number) => this.scanned[at] === 0 && this.matched[at] === 0;
    while (first < last && isVoid(first)) first++;
    while (last > first && isVoid(last)) last--;
    return {
      fromMs: this.fromMs + first * this.bucketMs,
      bucketMs: this.bucketMs,
      scanned: [...this.scanned.subarray(first, last + 1)],
      matched: [...this.matched.subarray(first, last + 1)],
    };
  }

  /** Where everything that was looked at ends, in the order of reading; ISO 8601. */
  edge(direction: 'backward' | 'forward'): string | null {
    const { value } = this;
    if (!value) return null;
    const { fromMs, bucketMs, scanned } = value;
    return new Date(direction === 'backward' ? fromMs : fromMs + scanned.length * bucketMs).toISOString();
  }

  private bucketOf(time: number): number {
    if (!(time >= 0 && time <= this.latestMs && time >= this.latestMs - OLDEST_MS)) return -1;
    if (this.isEmpty) {
      this.isEmpty = false;
      this.fromMs = this.aligned(time - (BUCKETS / 2) * this.bucketMs);
    }
    while (time < this.fromMs || time >= this.fromMs + BUCKETS * this.bucketMs) this.widen(time);
    return Math.floor((time - this.fromMs) / this.bucketMs);
  }

  private aligned(time: number): number {
    return Math.floor(time / this.bucketMs) * this.bucketMs;
  }

  private widen(time: number): void {
    const { fromMs, bucketMs, scanned, matched } = this;
    this.bucketMs = bucketMs * 2;
    // Half of the new range is free: it goes to the side that needs it.
    const start = time < fromMs ? fromMs - BUCKETS * bucketMs : fromMs;
    this.fromMs = this.aligned(start + (time < fromMs ? this.bucketMs - 1 : 0));
    this.scanned = new Float64Array(BUCKETS);
    this.matched = new Float64Array(BUCKETS);
    for (let i = 0; i < BUCKETS; i++) {
      const at = Math.floor((fromMs + i * bucketMs - this.fromMs) / this.bucketMs);
      if (at < 0 || at >= BUCKETS) continue;
      this.scanned[at] = (this.scanned[at] as number) + (scanned[i] as number);
      this.matched[at] = (this.matched[at] as number) + (matched[i] as number);
    }
  }
}
