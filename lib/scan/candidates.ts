export type Direction = 'backward' | 'forward';

/** Batches that hold records which count, known by offset and merge key, ascending; the bytes make the rows later. */
export interface Chunk {
  partition: number;
  bytes: Uint8Array<ArrayBuffer>;
  offsets: BigInt64Array;
  keys: Float64Array;
}

/** The read but not yet emitted records of one partition, in the order in which they are to be emitted. */
export class CandidateQueue {
  private readonly direction: Direction;
  private chunks: Chunk[] = [];
  private at = 0;
  /** Bytes that are kept for rows which were not emitted. */
  bytes = 0;
  /** Records that wait. */
  length = 0;

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
    for (const { bytes, offsets } of filled) {
      this.bytes += bytes.length;
      this.length += offsets.length;
    }
    this.chunks.push(...ordered);
    if (wasEmpty) this.rewind();
  }

  /** Offset and key of the next record to emit; only while not empty. */
  get headOffset(): bigint {
    return this.chunks[0]?.offsets[this.at] as bigint;
  }

  get headKey(): number {
    return this.chunks[0]?.keys[this.at] as number;
  }

  /** Removes the head. */
  take(): { chunk: Chunk; offset: bigint } {
    const chunk = this.chunks[0] as Chunk;
    const offset = this.headOffset;
    this.length--;
    this.at += this.direction === 'forward' ? 1 : -1;
    if (this.at < 0 || this.at >= chunk.offsets.length) {
      this.chunks.shift();
      this.bytes -= chunk.bytes.length;
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
  a: { key: number; partition: number },
  b: { key: number; partition: number },
): boolean {
  if (a.key !== b.key) return direction === 'backward' ? a.key > b.key : a.key < b.key;
  return direction === 'backward' ? a.partition > b.partition : a.partition < b.partition;
}
