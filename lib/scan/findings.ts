import type { BatchHeader, BatchWalk } from './batch-header.ts';
import type { RecordCursor } from './record-cursor.ts';
import type { SiftOptions } from './sift.ts';

/** Offsets that hold something which could not be read, with the reason. Both ends belong to it. */
export interface UnreadableRange {
  fromOffset: bigint;
  toOffset: bigint;
  reason: string;
}

/** What one `records` field holds of interest, without any record made into an object. */
export interface SiftAnswer {
  /**
   * Offsets of the records that count, ascending, and the times by which they are merged with those of other partitions: the latest
   * believable timestamp up to each. A partition is never reordered by them, and one record without a timestamp, from 1970 or from the
   * year 9999 neither hides what lies behind it nor pushes itself before everything else.
   */
  offsets: BigInt64Array<ArrayBuffer>;
  keys: Float64Array<ArrayBuffer>;
  /** Merge key after the last record; -1 when there is none. */
  lastKey: number;
  /** Merge key of the first records: nothing before them is newer, as far as timestamps ascend. -1 when unknown. */
  edgeKey: number;
  /** Timestamps of the records that count, epoch milliseconds. */
  times: Float64Array<ArrayBuffer>;
  /** Latest time and number of records, batch by batch, of what was looked at. */
  batchTimes: Float64Array<ArrayBuffer>;
  batchCounts: Float64Array<ArrayBuffer>;
  /** Where the next fetch begins; undefined when not even one batch header could be read. */
  next: bigint | undefined;
  /** First offset that the bytes cover; it may lie before the one asked for. */
  first: bigint | undefined;
  unreadable: UnreadableRange[];
  /** What made the reading stop before the end of the bytes. */
  problem: string | undefined;
  /** Records looked at, hidden ones included. */
  records: number;
  abortedRecords: number;
  wrongCrcBatches: number;
  matched: number;
  failed: number;
  undecoded: number;
  decoded: number;
  /** Records on which the expression was run, and the milliseconds that took. */
  evaluated: number;
  filterMs: number;
  /** Where the sift ended early because its filter had its turn; the records from here on are still to be looked at. */
  stoppedAt: bigint | undefined;
  /** The batches that hold what counts; undefined when nothing does. */
  kept: Uint8Array<ArrayBuffer> | undefined;
}

/** Facts asked for at once. */
const MAX_NEEDS = 50;
/** Above this share the bytes are kept as they are rather than copied. */
const KEEP_ALL = 0.7;

/** Collects what a sift finds. */
export class Findings {
  readonly needs = new Set<string>();
  matched = 0;
  failed = 0;
  undecoded = 0;
  decoded = 0;
  evaluated = 0;
  filterMs = 0;
  stoppedAt: bigint | undefined;
  private readonly latestMs: number;
  private readonly fromMs: number;
  private readonly toMs: number;
  private readonly offsets = new Column(BigInt64Array);
  private readonly keys = new Column(Float64Array);
  private readonly times = new Column(Float64Array);
  private readonly batchTimes: number[] = [];
  private readonly batchCounts: number[] = [];
  private readonly keptHeaders: BatchHeader[] = [];
  private readonly unreadable: UnreadableRange[] = [];
  private readonly problem: string | undefined;
  private running = -1;
  private edge = -1;
  private next: bigint | undefined;
  private first: bigint | undefined;
  private records = 0;
  private abortedRecords = 0;
  private wrongCrcBatches = 0;
  private batchRecords = 0;
  private time = -1;
  /** Bounds of the present batch as deltas from its base. */
  private base = 0;
  private fromDelta = 0;
  private toDelta = 0;
  private lastOffset = -1n;

  constructor(options: SiftOptions, walk: BatchWalk) {
    this.latestMs = options.latestMs;
    this.fromMs = options.fromMs === undefined ? Number.NEGATIVE_INFINITY : Number(options.fromMs);
    this.toMs = options.toMs === undefined ? Number.POSITIVE_INFINITY : Number(options.toMs);
    this.problem = walk.problem;
  }

  beginBatch(header: BatchHeader): void {
    if (this.next === undefined || header.lastOffset >= this.next) this.next = header.lastOffset + 1n;
    this.first ??= header.magic === 2 ? header.baseOffset : undefined;
    if (this.edge < 0) this.edge = this.running;
    this.base = Number.NaN;
    this.batchRecords = 0;
  }

  passAborted(header: BatchHeader): void {
    this.records += Math.max(0, header.recordCount);
    this.abortedRecords += Math.max(0, header.recordCount);
  }

  /** A batch that was decided as a whole. */
  passUnread(header: BatchHeader): void {
    this.batchRecords = Math.max(0, header.recordCount);
    this.records += this.batchRecords;
    // A batch that compaction emptied tells no time.
    if (this.batchRecords > 0) this.advance(Number(header.maxTimestamp));
    this.countBatch(header);
  }

  addUnreadable(fromOffset: bigint, toOffset: bigint, reason: string): void {
    this.unreadable.push({ fromOffset, toOffset, reason });
  }

  /** Takes note of the record the cursor stands on; false when it lies outside of what is asked for. */
  passRecord(cursor: RecordCursor, { from, to }: SiftOptions): boolean {
    if (Number.isNaN(this.base)) {
      this.base = Number(cursor.baseTimestamp);
      this.fromDelta = Number(from - cursor.baseOffset);
      this.toDelta = Number(to - cursor.baseOffset);
    }
    const { offsetDelta } = cursor;
    if (offsetDelta < this.fromDelta || offsetDelta >= this.toDelta) return false;
    this.batchRecords++;
    const time = this.base + cursor.timestampDelta;
    this.time = time;
    if (time < this.fromMs || time >= this.toMs) return false;
    if (time > this.running && time <= this.latestMs) this.running = time;
    return true;
  }

  /** The batch of the record is to be kept. */
  keepBatch(header: BatchHeader, isCrcWrong: boolean): void {
    this.keptHeaders.push(header);
    if (isCrcWrong) this.wrongCrcBatches++;
  }

  addRecord(cursor: RecordCursor): void {
    this.offsets.push(cursor.offset);
    this.keys.push(this.running);
    this.times.push(this.time);
  }

  endBatch(header: BatchHeader, cursor: RecordCursor): void {
    this.records += this.batchRecords;
    this.countBatch(header);
    if (cursor.problem === undefined) return;
    this.lastOffset = cursor.offsetDelta < 0 ? cursor.baseOffset - 1n : cursor.offset;
    if (this.lastOffset < header.lastOffset) {
      this.addUnreadable(this.lastOffset + 1n, header.lastOffset, cursor.problem);
    }
  }

  finish(bytes: Buffer): SiftAnswer | { needs: string[] } {
    if (this.needs.size > 0) return { needs: [...this.needs].slice(0, MAX_NEEDS) };
    return {
      offsets: this.offsets.finish(),
      keys: this.keys.finish(),
      lastKey: this.running,
      edgeKey: this.edge < 0 ? this.running : this.edge,
      times: this.times.finish(),
      batchTimes: Float64Array.from(this.batchTimes),
      batchCounts: Float64Array.from(this.batchCounts),
      next: this.next,
      first: this.first,
      unreadable: this.unreadable,
      problem: this.problem,
      records: this.records,
      abortedRecords: this.abortedRecords,
      wrongCrcBatches: this.wrongCrcBatches,
      matched: this.matched,
      failed: this.failed,
      undecoded: this.undecoded,
      decoded: this.decoded,
      evaluated: this.evaluated,
      filterMs: this.filterMs,
      stoppedAt: this.stoppedAt,
      kept: this.kept(bytes),
    };
  }

  private advance(time: number): void {
    if (time > this.running && time <= this.latestMs) this.running = time;
  }

  private countBatch(header: BatchHeader): void {
    if (this.batchRecords === 0) return;
    this.batchTimes.push(Number(header.maxTimestamp));
    this.batchCounts.push(this.batchRecords);
  }

  private kept(bytes: Buffer): Uint8Array<ArrayBuffer> | undefined {
    let size = 0;
    for (const { start, end } of this.keptHeaders) size += end - start;
    if (size === 0) return undefined;
    const { buffer, byteOffset, length } = bytes;
    if (size >= length * KEEP_ALL && buffer instanceof ArrayBuffer && buffer.byteLength === length) {
      return new Uint8Array(buffer, byteOffset, length);
    }
    const kept = new Uint8Array(size);
    let at = 0;
    for (const { start, end } of this.keptHeaders) {
      kept.set(bytes.subarray(start, end), at);
      at += end - start;
    }
    return kept;
  }
}

type Numbers = BigInt64ArrayConstructor | Float64ArrayConstructor;
type ValueOf<T extends Numbers> = T extends BigInt64ArrayConstructor ? bigint : number;
type ArrayOf<T extends Numbers> = T extends BigInt64ArrayConstructor
  ? BigInt64Array<ArrayBuffer>
  : Float64Array<ArrayBuffer>;

/** A growing column of numbers. */
class Column<T extends Numbers> {
  private readonly make: T;
  private cells: ArrayOf<T>;
  private length = 0;

  constructor(make: T) {
    this.make = make;
    this.cells = new make(64) as ArrayOf<T>;
  }

  push(value: ValueOf<T>): void {
    if (this.length === this.cells.length) {
      const wider = new this.make(this.length * 2) as ArrayOf<T>;
      (wider as Float64Array).set(this.cells as Float64Array);
      this.cells = wider;
    }
    (this.cells as Float64Array)[this.length++] = value as number;
  }

  finish(): ArrayOf<T> {
    return this.cells.slice(0, this.length) as ArrayOf<T>;
  }
}
