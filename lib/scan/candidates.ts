export type Direction = 'backward' | 'forward';

/** A fetched set whose visible records are known by offset and merge key, ascending; the bytes make the rows later. */
export interface Chunk {
  partition: number;
  bytes: Buffer;
  offsets: BigInt64Array;
  keys: BigInt64Array;
}

/** One hour: how far ahead of ours a producer's clock may be before its timestamps stop counting. */
const CLOCK_SKEW_MS = 3_600_000n;

/**
 * The times by which records of different partitions are merged: the latest believable timestamp up to each record. A
 * partition is never reordered by them, and one record without a timestamp, from 1970 or from the year 9999 neither hides
 * what lies behind it nor pushes itself before everything else.
 * @param before the key of the record before the first one.
 */
export function mergeKeys(timestamps: BigInt64Array, nowMs: number, before = -1n): BigInt64Array {
  const latest = BigInt(Math.round(nowMs)) + CLOCK_SKEW_MS;
  const keys = new BigInt64Array(timestamps.length);
  let key = before;
  for (let i = 0; i < timestamps.length; i++) {
    const timestamp = timestamps[i] as bigint;
    if (timestamp > key && timestamp <= latest) key = timestamp;
    keys[i] = key;
  }
  return keys;
}

/** The read but not yet emitted records of one partition, in the order in which they are to be emitted. */
export class CandidateQueue {
  private readonly direction: Direction;
  private chunks: Chunk[] = [];
  private at = 0;

  constructor(direction: Direction) {
    this.direction = direction;
  }

  get isEmpty(): boolean {
    return this.chunks.length === 0;
  }

  /** Chunks in ascending order of offsets; forwards they follow what is there, backwards they precede it. */
  add(chunks: readonly Chunk[]): void {
    const filled = chunks.filter((chunk) => chunk.offsets.length > 0);
    const ordered = this.direction === 'forward' ? filled : filled.reverse();
    const wasEmpty = this.isEmpty;
    this.chunks.push(...ordered);
    if (wasEmpty) this.rewind();
  }

  /** Offset and key of the next record to emit; only while not empty. */
  get headOffset(): bigint {
    return this.chunks[0]?.offsets[this.at] as bigint;
  }

  get headKey(): bigint {
    return this.chunks[0]?.keys[this.at] as bigint;
  }

  /** Removes the head. */
  take(): { chunk: Chunk; offset: bigint } {
    const chunk = this.chunks[0] as Chunk;
    const offset = this.headOffset;
    this.at += this.direction === 'forward' ? 1 : -1;
    if (this.at < 0 || this.at >= chunk.offsets.length) {
      this.chunks.shift();
      this.rewind();
    }
    return { chunk, offset };
  }

  private rewind(): void {
    this.at = this.direction === 'forward' ? 0 : (this.chunks[0]?.offsets.length ?? 1) - 1;
  }
}

/** Whether `a` is emitted before `b`: by key, then partition; newest first backwards, oldest first forwards. */
export function comesFirst(
  direction: Direction,
  a: { key: bigint; partition: number },
  b: { key: bigint; partition: number },
): boolean {
  if (a.key !== b.key) return direction === 'backward' ? a.key > b.key : a.key < b.key;
  return direction === 'backward' ? a.partition > b.partition : a.partition < b.partition;
}
