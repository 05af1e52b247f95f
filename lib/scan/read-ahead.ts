import type { PartitionRange, ReaderOptions, Slot } from './partition-reader.ts';

/** Offsets `[low, high)` read upwards; `at` is how far they are fetched. */
export interface Window {
  low: bigint;
  high: bigint;
  at: bigint;
  bytes: number;
  chunks: Slot[];
}

const MAX_WINDOW_OFFSETS = 4_000_000n;
/** Room beside an estimate, so that a window seldom takes one more fetch for its last batch. */
const SLACK_BYTES = 32 * 1024;
/** Asked for at the end of a log, where more than a window needs costs nothing unless much was written meanwhile. */
const END_BYTES = 256 * 1024;

/**
 * Where to fetch. Kafka only reads forward, so backwards it reads windows that lie one below the other and grow while they hold too
 * little. A window that turns out far larger than meant is put aside where it stands, for a smaller one above it.
 */
export class ReadAhead {
  private readonly isBackward: boolean;
  private readonly windowBytes: number;
  private readonly end: bigint;
  private windowOffsets: bigint;
  private readonly growth: bigint;
  private bytesPerOffset = 1024;
  /** What no window covers yet, `[low, high)`, the highest last. */
  private rest: { low: bigint; high: bigint }[];
  /** Fetched or being fetched, the highest first; what is put aside is among them. */
  private readonly windows: Window[] = [];
  /** The one that is fetched now. */
  private current: Window | undefined;

  constructor(range: PartitionRange, options: ReaderOptions) {
    this.isBackward = options.direction === 'backward';
    this.windowBytes = options.windowBytes;
    this.windowOffsets = BigInt(options.windowOffsets);
    this.growth = options.growth;
    this.end = range.end;
    const { start, end, position } = range;
    this.rest = this.isBackward && position > start ? [{ low: start, high: position }] : [];
    if (!this.isBackward) {
      this.current = { low: position, high: end, at: position, bytes: 0, chunks: [] };
      this.windows.push(this.current);
    }
  }

  /** The window that was opened last; forwards the only one. */
  get window(): Window {
    return this.current ?? (this.windows[0] as Window);
  }

  /** The offset of the next fetch, or of the present one. */
  get at(): bigint {
    return this.current?.at ?? this.end;
  }

  get isExhausted(): boolean {
    if (this.isBackward) return this.current === undefined && this.rest.length === 0;
    return this.window.at >= this.window.high;
  }

  get hasOpen(): boolean {
    return this.isBackward ? this.windows.length > 0 : this.window.chunks.length > 0;
  }

  get isWithinWindow(): boolean {
    return this.isBackward && this.current !== undefined;
  }

  /** Where to fetch and how many bytes that probably takes; opens a window when none is. */
  next(): { offset: bigint; wantedBytes: number } {
    if (!this.isBackward) return { offset: this.window.at, wantedBytes: 0 };
    this.current ??= this.open();
    const { at, high } = this.current;
    const estimate = Number(high - at) * this.bytesPerOffset * 1.05 + SLACK_BYTES;
    // At the end of the log nothing follows the window; elsewhere a fetch should not bring much of what is known already.
    const wantedBytes = high >= this.end ? Math.max(END_BYTES, 4 * estimate) : estimate;
    return { offset: at, wantedBytes };
  }

  /** Bytes came that reach up to `next`; answers the window they belong to. */
  advance(first: bigint | undefined, next: bigint, bytes: number): Window {
    const window = this.window;
    if (this.isBackward && window.chunks.length === 0 && first !== undefined && first < window.low) {
      this.extendDown(window, first);
    }
    window.at = next;
    window.bytes += bytes;
    if (!this.isBackward) return window;
    this.bytesPerOffset = Math.max(window.bytes / Number(next - window.low || 1n), 0.01);
    const affordable = BigInt(Math.max(1, Math.floor(this.windowBytes / this.bytesPerOffset)));
    if (next >= window.high) {
      this.current = undefined;
      this.windowOffsets = smaller(smaller(this.windowOffsets * this.growth, MAX_WINDOW_OFFSETS), affordable);
    } else if (window.bytes > 2 * this.windowBytes && affordable < window.high - next) {
      this.rest.push({ low: next, high: window.high });
      window.high = next;
      this.current = undefined;
      this.windowOffsets = affordable;
    }
    return window;
  }

  /** Nothing more comes of the present window; answers how many offsets of it were left. */
  endWindow(): bigint {
    const window = this.window;
    const left = larger(window.high - window.at, 0n);
    window.at = larger(window.at, window.high);
    if (this.isBackward) this.current = undefined;
    return left;
  }

  /** The log begins at `start` now, above what is to be fetched next; answers how many offsets are gone unread. */
  moveStart(start: bigint): bigint {
    const window = this.current;
    if (!window) return 0n;
    const next = smaller(start, window.high);
    let gone = next - window.at;
    window.at = next;
    if (window.chunks.length === 0) window.low = this.isBackward ? window.low : next;
    if (!this.isBackward) return gone;
    // All that lies below is gone as well.
    for (const { low, high } of this.rest) {
      if (low < start) gone += smaller(high, start) - low;
    }
    this.rest = this.rest
      .filter(({ high }) => high > start)
      .map(({ low, high }) => ({ low: larger(low, start), high }));
    if (window.at >= window.high) this.current = undefined;
    return gone;
  }

  /** The next window, from the end downwards, that is fetched and sifted whole. */
  takeFinished(): Window | undefined {
    const top = this.windows[0];
    if (!top || top === this.current || top.chunks.some(({ answer }) => !answer)) return undefined;
    if ((this.rest.at(-1)?.high ?? -1n) > top.low) return undefined;
    return this.windows.shift();
  }

  private open(): Window {
    const top = this.rest.at(-1) as { low: bigint; high: bigint };
    const low = larger(top.high - this.windowOffsets, top.low);
    const window: Window = { low, high: top.high, at: low, bytes: 0, chunks: [] };
    top.high = low;
    if (top.high <= top.low) this.rest.pop();
    const below = this.windows.findIndex((other) => other.high <= window.low);
    this.windows.splice(below < 0 ? this.windows.length : below, 0, window);
    return window;
  }

  /** The first batch begins before the window: what it holds is decoded anyway, so the window begins there. */
  private extendDown(window: Window, first: bigint): void {
    const top = this.rest.at(-1);
    if (top?.high !== window.low) return;
    window.low = larger(first, top.low);
    top.high = window.low;
    if (top.high <= top.low) this.rest.pop();
  }
}

export function smaller(a: bigint, b: bigint): bigint {
  if (b < a) return b;
  return a;
}

export function larger(a: bigint, b: bigint): bigint {
  if (b > a) return b;
  return a;
}
