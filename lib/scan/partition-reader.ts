import type { FetchAnswer, FetchAsk } from '#lib/model/log-source.ts';
import { CandidateQueue, type Chunk, type Direction } from './candidates.ts';
import { extentsOf } from './extents.ts';
import type { SiftAnswer, UnreadableRange } from './findings.ts';
import { ReadAhead, smaller, type Window } from './read-ahead.ts';

/** What is to be read of one partition, frozen when reading was planned. */
export interface PartitionRange {
  partition: number;
  leader: number;
  start: bigint;
  end: bigint;
  /** Forwards the first offset to read, backwards the offset below which to read. */
  position: bigint;
}

export interface ReaderOptions {
  direction: Direction;
  /** Offsets of the first window, backwards; they grow while too little is found. */
  windowOffsets: number;
  /** Most bytes of one fetch, and of one window that is read backwards. */
  fetchBytes: number;
  windowBytes: number;
  /** By how much a window is larger than the one before. */
  growth: bigint;
}

/** Some of a response, to be sifted; where it belongs is the reader's to know. */
export interface Piece {
  bytes: Buffer;
  /** Only records of these offsets count. */
  from: bigint;
  to: bigint;
  slot: Slot;
}

/** What became of a piece. */
export interface Slot {
  window: Window;
  from: bigint;
  to: bigint;
  answer: SiftAnswer | undefined;
}

const MIN_FETCH_BYTES = 64 * 1024;
/** A batch larger than any fetch limit is only cut off by brokers before 0.10.1; then the limit grows up to this. */
const HUGE_FETCH_BYTES = 128 * 1024 * 1024;
/** Most of what one task of a worker holds: users take turns by tasks. */
const PIECE_BYTES = 1024 * 1024;
/** Answers without a single batch, although there should be one, before the rest counts as empty. */
const MAX_EMPTY_ANSWERS = 5;

/**
 * Decides what to fetch next of one partition and puts what was found into its order. Fetching runs ahead of sifting: where the next
 * fetch begins is read from the headers of the last one. Forwards there is one endless window.
 */
export class PartitionReader {
  readonly partition: number;
  readonly direction: Direction;
  readonly queue: CandidateQueue;
  readonly unreadable: UnreadableRange[] = [];
  leader: number;
  /** Set when this partition is given up; the end of a sentence. */
  failure: string | undefined;
  /** Why its leader may have moved, until the metadata was asked again. */
  suspicion: { reason: string; mayStay: boolean } | undefined;
  moves = 0;
  expiredOffsets = 0n;
  /** A fetch is under way. */
  isFetching = false;
  /** The start of its log is being looked up. */
  isRestarting = false;
  /** Offsets that were sifted, gaps included. */
  doneOffsets = 0n;
  readonly plannedOffsets: bigint;
  /**
   * Nothing that is still to be read is newer (backwards) or older (forwards) than this merge key, as far as timestamps ascend.
   */
  frontier: number;

  private readonly ahead: ReadAhead;
  private readonly first: bigint;
  private readonly start: bigint;
  private readonly end: bigint;
  /** Forwards: all before it is in the queue. Backwards: all from it on is. */
  private position: bigint;
  private fetchBytes: number;
  private readonly maxFetchBytes: number;
  private emptyAnswers = 0;
  private unanswered = 0;
  private lastKey = -1;

  constructor(range: PartitionRange, options: ReaderOptions) {
    const { start, end, position } = range;
    this.partition = range.partition;
    this.leader = range.leader;
    this.direction = options.direction;
    this.start = start;
    this.end = end;
    this.position = position;
    this.first = position;
    this.queue = new CandidateQueue(options.direction);
    this.maxFetchBytes = options.fetchBytes;
    this.ahead = new ReadAhead(range, options);
    const isBackward = options.direction === 'backward';
    this.plannedOffsets = isBackward ? position - start : end - position;
    this.frontier = isBackward ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    this.fetchBytes = Math.min(options.fetchBytes, isBackward ? MIN_FETCH_BYTES : 4 * MIN_FETCH_BYTES);
  }

  /** Everything was read; the queue may still hold records. */
  get isDone(): boolean {
    return this.direction === 'forward' ? this.position >= this.end : this.position <= this.start;
  }

  /** Something could be fetched now. */
  get wantsFetch(): boolean {
    return (
      this.failure === undefined &&
      !this.isFetching &&
      !this.isRestarting &&
      !this.ahead.isExhausted &&
      this.suspicion === undefined
    );
  }

  /** Something is being fetched or sifted. */
  get isUnderWay(): boolean {
    return (
      this.failure === undefined &&
      (this.isFetching || this.isRestarting || this.unanswered > 0 || this.suspicion !== undefined)
    );
  }

  /** A window is half read: without the rest of it, nothing of it counts. */
  get isWithinWindow(): boolean {
    return this.ahead.isWithinWindow;
  }

  /** Nothing waits in the queue although more may come. */
  get isHungry(): boolean {
    return this.queue.isEmpty && !this.isDone && this.failure === undefined;
  }

  /** Where a following page goes on. */
  get resumeAt(): bigint {
    if (this.queue.isEmpty) return this.position;
    return this.direction === 'forward' ? this.queue.headOffset : this.queue.headOffset + 1n;
  }

  /** Offsets that lie behind whoever goes on from here. */
  get passedOffsets(): bigint {
    return this.direction === 'forward' ? this.resumeAt - this.first : this.first - this.resumeAt;
  }

  /** The next fetch; call it only while one is wanted. `maxBytes` limits it further, down to one batch. */
  ask(maxBytes = Number.POSITIVE_INFINITY): FetchAsk {
    const { offset, wantedBytes } = this.ahead.next();
    const most = Math.max(MIN_FETCH_BYTES, Math.min(this.maxFetchBytes, maxBytes));
    const least = Math.min(most, this.direction === 'forward' ? this.fetchBytes : MIN_FETCH_BYTES);
    // A batch that is cut off needs the room it needs.
    const cut = this.fetchBytes > this.maxFetchBytes ? this.fetchBytes : 0;
    const size = Math.max(cut, Math.min(most, Math.max(least, Math.ceil(wantedBytes))));
    return { partition: this.partition, offset, maxBytes: size };
  }

  /** An answer that brought no batch: left out of a full response, or there is nothing any more. */
  acceptEmpty(answer: FetchAnswer): void {
    this.emptyAnswers++;
    const known = answer.lastStableOffset >= 0n ? answer.lastStableOffset : answer.highWatermark;
    if (this.emptyAnswers < MAX_EMPTY_ANSWERS && known > this.ahead.at) return;
    this.emptyAnswers = 0;
    this.doneOffsets += this.ahead.endWindow();
    this.settle();
  }

  /** Takes the bytes of an answer; answers what of them is to be sifted. */
  accept(answer: FetchAnswer): Piece[] {
    const { records: bytes } = answer;
    // A list of aborted transactions speaks of the whole response, marker by marker.
    const pieceBytes = answer.aborted.length > 0 ? Number.POSITIVE_INFINITY : PIECE_BYTES;
    const { pieces, first, problem } = extentsOf(bytes, pieceBytes);
    const next = pieces.at(-1)?.next;
    if (next === undefined) {
      this.acceptUnreadable(problem, bytes.length);
      return [];
    }
    const { at } = this.ahead;
    if (next <= at) {
      this.failure = `the batch at offset ${at} does not end`;
      return [];
    }
    this.emptyAnswers = 0;
    this.fetchBytes = Math.min(this.maxFetchBytes, Math.max(this.fetchBytes, MIN_FETCH_BYTES) * 2);
    const window = this.ahead.advance(first, next, bytes.length);
    let from = this.direction === 'backward' && window.chunks.length === 0 ? window.low : at;
    const made: Piece[] = [];
    for (const piece of pieces) {
      const to = smaller(piece.next, window.high);
      if (to <= from) continue;
      const slot: Slot = { window, from, to, answer: undefined };
      window.chunks.push(slot);
      this.unanswered++;
      made.push({ bytes: bytes.subarray(piece.start, piece.end), from, to, slot });
      from = to;
    }
    if (made.length === 0) this.settle();
    return made;
  }

  /** What the sift of a piece found; the bytes of it are kept for the rows. */
  settleWith(slot: Slot, answer: SiftAnswer): void {
    slot.answer = answer;
    this.unanswered--;
    this.doneOffsets += slot.to - slot.from;
    this.settle();
  }

  /** The log begins later than it did: retention or DeleteRecords moved its start. */
  acceptNewStart(start: bigint): void {
    const { at } = this.ahead;
    if (start <= at) {
      this.failure = 'its offsets are out of range';
      return;
    }
    const expired = this.ahead.moveStart(start);
    this.expiredOffsets += expired;
    this.doneOffsets += expired;
    this.settle();
  }

  private acceptUnreadable(problem: string | undefined, bytes: number): void {
    const { at } = this.ahead;
    if (problem !== undefined) {
      this.failure = `what it holds at offset ${at} cannot be read (${problem})`;
    } else if (this.fetchBytes >= HUGE_FETCH_BYTES) {
      this.failure = `the batch at offset ${at} is larger than ${HUGE_FETCH_BYTES} bytes`;
    } else {
      this.fetchBytes = Math.max(this.fetchBytes, bytes) * 4;
    }
  }

  /** Moves into the queue what is complete and next in order. */
  private settle(): void {
    if (this.direction === 'forward') {
      this.settleForward();
      return;
    }
    for (let window = this.ahead.takeFinished(); window; window = this.ahead.takeFinished()) {
      this.lastKey = -1;
      this.queue.add(window.chunks.flatMap((slot) => this.chunkOf(slot)));
      const edge = window.chunks.find(({ answer }) => answer && answer.edgeKey >= 0)?.answer?.edgeKey;
      if (edge !== undefined) this.frontier = Math.min(this.frontier, edge);
      this.position = window.low;
    }
    // What lay below is gone.
    if (this.ahead.isExhausted && !this.ahead.hasOpen) this.position = this.start;
  }

  private settleForward(): void {
    const { chunks } = this.ahead.window;
    for (let slot = chunks[0]; slot?.answer; slot = chunks[0]) {
      this.queue.add(this.chunkOf(slot));
      this.position = slot.to;
      this.frontier = Math.max(this.frontier, this.lastKey);
      chunks.shift();
    }
    if (chunks.length === 0 && this.ahead.at > this.position)
      this.position = smaller(this.ahead.at, this.end);
  }

  private chunkOf({ answer }: Slot): Chunk[] {
    if (!answer) return [];
    const before = this.lastKey;
    const { keys, offsets, kept } = answer;
    for (let i = 0; i < keys.length && (keys[i] as number) < before; i++) keys[i] = before;
    this.lastKey = Math.max(before, answer.lastKey);
    this.unreadable.push(...answer.unreadable);
    return kept ? [{ partition: this.partition, bytes: kept, offsets, keys }] : [];
  }
}
