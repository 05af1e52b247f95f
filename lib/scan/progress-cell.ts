/**
 * What a worker stands on, in memory that the pool reads while the worker is busy: how often it moved on, whether it is inside a
 * filter, and the partition and offset of the record. A worker that does not answer can still be asked where it hangs.
 */
export class ProgressCell {
  static readonly bytes = 32;
  private readonly words: Int32Array;
  private readonly offset: BigInt64Array;

  constructor(memory: SharedArrayBuffer) {
    this.words = new Int32Array(memory, 0, 4);
    this.offset = new BigInt64Array(memory, 16, 2);
  }

  /** Called by the worker. */
  enterFilter(partition: number, offset: bigint): void {
    this.words[2] = partition;
    this.offset[0] = offset;
    this.words[1] = 1;
    this.beat();
  }

  leaveFilter(): void {
    this.words[1] = 0;
  }

  beat(): void {
    this.words[0] = ((this.words[0] as number) + 1) | 0;
  }

  /** Called by the pool. */
  get beats(): number {
    return Atomics.load(this.words, 0);
  }

  /** The record whose filter runs; undefined while the worker does something else. */
  get filtering(): { partition: number; offset: bigint } | undefined {
    if (Atomics.load(this.words, 1) !== 1) return undefined;
    return { partition: Atomics.load(this.words, 2), offset: Atomics.load(this.offset, 0) };
  }
}

let own = new ProgressCell(new SharedArrayBuffer(ProgressCell.bytes));

/** Inside a worker: where to write. */
export function writeProgressTo(memory: SharedArrayBuffer): void {
  own = new ProgressCell(memory);
}

/** Inside a worker. */
export const progress = (): ProgressCell => own;
