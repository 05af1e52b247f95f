import type { FetchAnswer, FetchAsk } from '#lib/model/log-source.ts';
import { CandidateQueue, type Chunk, type Direction, mergeKeys } from './candidates.ts';
import type { SetIndex, UnreadableRange } from './index-set.ts';

/** What is to be read of one partition, frozen when the page was planned. */
export interface PartitionRange {
  partition: number;
  leader: number;
  start: bigint;
  end: bigint;
  /** Forwards the first offset to read, backwards the offset below which to read. */
  position: bigint;
}

const MIN_FETCH_BYTES = 64 * 1024;
const MAX_FETCH_BYTES = 1024 * 1024;
/** A batch larger than any fetch limit is only cut off by brokers before 0.10.1; then the limit grows up to this. */
const HUGE_FETCH_BYTES = 128 * 1024 * 1024;
/** A backward window that turns out larger is put aside for a smaller one that lies nearer to the end. */
const WINDOW_BYTES = 8 * 1024 * 1024;
const MAX_WINDOW_OFFSETS = 1_000_000n;
/** Answers without a single batch, although there should be one, before the rest counts as empty. */
const MAX_EMPTY_ANSWERS = 5;

/** A range read upwards from `low`; `at` is how far. */
interface Window {
  low: bigint;
  at: bigint;
  bytes: number;
  chunks: Chunk[];
  unreadable: UnreadableRange[];
}

/**
 * Decides what to fetch next of one partition and keeps what was found. Kafka only reads forward, so backwards it reads
 * windows `[low, high)` that grow while they hold too little and shrink when their records are large.
 */
export class PartitionReader {
  readonly partition: number;
  readonly queue: CandidateQueue;
  readonly unreadable: UnreadableRange[] = [];
  leader: number;
  /** Set when this partition is given up; the end of a sentence. */
  failure: string | undefined;
  /** Why its leader may have moved, until the metadata was asked again. */
  suspicion: { reason: string; mayStay: boolean } | undefined;
  moves = 0;
  expiredOffsets = 0n;

  readonly direction: Direction;
  private readonly nowMs: number;
  private start: bigint;
  private readonly end: bigint;
  /** Forwards: all before it is read. Backwards: all from it on is read. */
  private position: bigint;
  private window: Window | undefined;
  /** Windows that were too large to finish: `[low, at)` of each is read and waits for its turn. The last is the highest. */
  private shelf: Window[] = [];
  private windowOffsets: bigint;
  private fetchBytes: number;
  private emptyAnswers = 0;
  private bytesPerOffset = 1024;
  private lastKey = -1n;

  constructor(range: PartitionRange, direction: Direction, windowOffsets: number, nowMs: number) {
    this.partition = range.partition;
    this.leader = range.leader;
    this.start = range.start;
    this.end = range.end;
    this.position = range.position;
    this.direction = direction;
    this.windowOffsets = BigInt(windowOffsets);
    this.nowMs = nowMs;
    this.queue = new CandidateQueue(direction);
    this.fetchBytes = direction === 'backward' ? MIN_FETCH_BYTES : 4 * MIN_FETCH_BYTES;
  }

  /** Nothing left to fetch; the queue may still hold records. */
  get isDone(): boolean {
    return this.direction === 'forward' ? this.position >= this.end : this.position <= this.start;
  }

  get isHungry(): boolean {
    return this.queue.isEmpty && !this.isDone && this.failure === undefined;
  }

  /** Where a following page goes on. */
  get resumeAt(): bigint {
    if (this.queue.isEmpty) return this.position;
    return this.direction === 'forward' ? this.queue.headOffset : this.queue.headOffset + 1n;
  }

  /** The next fetch; call it only while hungry. */
  ask(): FetchAsk {
    if (this.direction === 'forward') {
      return { partition: this.partition, offset: this.position, maxBytes: this.fetchBytes };
    }
    if (!this.window) {
      const low = this.position - this.windowOffsets;
      this.openWindow(larger(low, this.floor));
    }
    // At the end of the log nothing follows the window; elsewhere a fetch should not bring much of what is known already.
    const wanted =
      this.position >= this.end ? MAX_FETCH_BYTES : Number(this.windowOffsets) * this.bytesPerOffset * 1.5;
    const maxBytes = Math.max(this.fetchBytes, Math.min(MAX_FETCH_BYTES, Math.ceil(wanted)));
    return { partition: this.partition, offset: this.window?.at ?? this.position, maxBytes };
  }

  /** Records of these offsets are of interest to the next answer. */
  get bounds(): { from: bigint; to: bigint } {
    return this.direction === 'forward'
      ? { from: this.position, to: this.end }
      : { from: this.start, to: this.position };
  }

  /** An answer that brought no batch: left out of a full response, or there is nothing any more. */
  acceptEmpty(answer: FetchAnswer): void {
    this.emptyAnswers++;
    const known = answer.lastStableOffset >= 0n ? answer.lastStableOffset : answer.highWatermark;
    const at = this.window?.at ?? this.position;
    if (this.emptyAnswers < MAX_EMPTY_ANSWERS && known > at) return;
    if (this.direction === 'forward') this.position = this.end;
    else this.closeWindow();
  }

  /** Takes the index of an answer's bytes, which the chunk keeps for the rows. */
  accept(index: SetIndex, bytes: Buffer): void {
    if (index.next === undefined) {
      this.acceptUnreadable(index, bytes.length);
      return;
    }
    this.emptyAnswers = 0;
    const chunk: Chunk = {
      partition: this.partition,
      bytes,
      offsets: index.offsets,
      keys: mergeKeys(index.timestamps, this.nowMs, this.lastKey),
    };
    this.lastKey = chunk.keys.at(-1) ?? this.lastKey;
    if (this.direction === 'forward') this.acceptForward(index, chunk);
    else this.acceptBackward(index, chunk, bytes.length);
  }

  /** The log begins later than it did: retention or DeleteRecords moved its start. */
  acceptNewStart(start: bigint): void {
    if (start <= this.start) {
      this.failure = 'its offsets are out of range';
      return;
    }
    if (this.direction === 'forward' && start > this.position) {
      const next = smaller(start, this.end);
      this.expiredOffsets += next - this.position;
      this.position = next;
    }
    this.start = start;
    this.window = undefined;
    this.shelf = [];
  }

  private acceptForward(index: SetIndex, chunk: Chunk): void {
    this.unreadable.push(...index.unreadable);
    this.queue.add([chunk]);
    if (index.next !== undefined && index.next > this.position) this.position = index.next;
    else this.failure = `the batch at offset ${this.position} does not end`;
    this.fetchBytes = Math.min(MAX_FETCH_BYTES, Math.max(this.fetchBytes, MIN_FETCH_BYTES) * 2);
  }

  private acceptBackward(index: SetIndex, chunk: Chunk, bytes: number): void {
    const window = this.window;
    if (!window || index.next === undefined) return;
    if (index.next <= window.at) {
      this.failure = `the batch at offset ${window.at} does not end`;
      return;
    }
    // The first batch may begin before the window: what it holds was decoded anyway, so the window begins there.
    const first = index.first ?? window.low;
    if (window.chunks.length === 0 && first < window.low) window.low = larger(first, this.floor);
    window.at = index.next;
    window.bytes += bytes;
    window.chunks.push(chunk);
    window.unreadable.push(...index.unreadable);
    this.bytesPerOffset = Math.max(window.bytes / Number(window.at - window.low || 1n), 0.01);
    const affordable = BigInt(Math.max(1, Math.floor(WINDOW_BYTES / 2 / this.bytesPerOffset)));
    if (window.at >= this.position) {
      this.windowOffsets = smaller(smaller(this.windowOffsets * 4n, MAX_WINDOW_OFFSETS), affordable);
      this.closeWindow();
    } else if (window.bytes > WINDOW_BYTES && affordable < this.position - window.low) {
      this.windowOffsets = affordable;
      this.shelf.push(window);
      this.window = undefined;
    }
  }

  private openWindow(low: bigint): void {
    this.window = { low, at: low, bytes: 0, chunks: [], unreadable: [] };
    this.lastKey = -1n;
  }

  private closeWindow(): void {
    if (!this.window) return;
    this.emit(this.window);
    this.window = undefined;
    this.emptyAnswers = 0;
    for (let top = this.shelf.at(-1); top && top.at >= this.position; top = this.shelf.at(-1)) {
      this.emit(top);
      this.shelf.pop();
    }
  }

  private emit(window: Window): void {
    this.queue.add(window.chunks);
    this.unreadable.push(...window.unreadable);
    this.position = window.low;
  }

  /** Below this, backwards, nothing needs to be fetched. */
  private get floor(): bigint {
    return this.shelf.at(-1)?.at ?? this.start;
  }

  private acceptUnreadable(index: SetIndex, bytes: number): void {
    const at = this.window?.at ?? this.position;
    if (index.problem !== undefined) {
      this.failure = `what it holds at offset ${at} cannot be read (${index.problem})`;
    } else if (this.fetchBytes >= HUGE_FETCH_BYTES) {
      this.failure = `the batch at offset ${at} is larger than ${HUGE_FETCH_BYTES} bytes`;
    } else {
      this.fetchBytes = Math.max(this.fetchBytes, bytes) * 4;
    }
  }
}

function smaller(a: bigint, b: bigint): bigint {
  if (b < a) return b;
  return a;
}

function larger(a: bigint, b: bigint): bigint {
  if (b > a) return b;
  return a;
}
