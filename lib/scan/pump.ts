import { setTimeout } from 'node:timers/promises';
import { AppError } from '#lib/errors/app-error.ts';
import type { FetchAnswer, LogSource } from '#lib/model/log-source.ts';
import { errorReason, isMoved, OFFSET_OUT_OF_RANGE } from './kafka-error.ts';
import type { PartitionReader, Piece } from './partition-reader.ts';
import type { Plan } from './plan.ts';
import type { Sifter } from './sifter.ts';
import { brokerReason } from './unanswered.ts';

export interface PumpOptions {
  signal: AbortSignal;
  timeoutMs: number;
  /** Requests to one broker at once, with disjoint partitions. */
  lanes: number;
  /** Reads on although records wait, so that fetching overlaps what is done with them. */
  isAhead: boolean;
  budgetBytes: number;
}

const RESPONSE_BYTES = 8 * 1024 * 1024;
/** Asked for, fetched or kept for rows that wait: beyond this only who holds up the others reads on. */
const MAX_HELD_BYTES = 16 * 1024 * 1024;
/** How often a partition's leader may move, or hide, within one read. */
const MAX_MOVES = 3;
const ELECTION_MS = 150;

/** Feeds partitions: chooses which to fetch, asks all brokers at once, and has what came sifted. */
export class Pump {
  fetches = 0;
  bytes = 0;
  private readonly source: LogSource;
  private readonly plan: Plan;
  private readonly sifter: Sifter;
  private readonly readers: readonly PartitionReader[];
  private readonly options: PumpOptions;
  private readonly busy = new Map<number, number>();
  private askedBytes = 0;
  private siftedBytes = 0;
  private isRefreshing = false;
  private error: { reason: unknown } | undefined;
  private wake: () => void = () => {};
  private readonly onAbort = () => this.wake();

  constructor(
    source: LogSource,
    plan: Plan,
    sifter: Sifter,
    readers: readonly PartitionReader[],
    options: PumpOptions,
  ) {
    this.source = source;
    this.plan = plan;
    this.sifter = sifter;
    this.readers = readers;
    this.options = options;
  }

  /** Whether the budget of bytes is used up; windows that were begun are still read to their end. */
  get isSpent(): boolean {
    return this.bytes + this.askedBytes >= this.options.budgetBytes;
  }

  /** Nothing is being fetched or sifted. */
  get isIdle(): boolean {
    return this.askedBytes === 0 && this.siftedBytes === 0 && !this.isRefreshing;
  }

  /** Rejects when reading cannot go on at all: aborted, the topic is another one, the filter was stopped. */
  throwIfBroken(): void {
    if (this.error) throw this.error.reason;
    this.options.signal.throwIfAborted();
  }

  /** Resolves when something came, or after `ms`. */
  async changed(ms: number): Promise<void> {
    const { signal } = this.options;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wake = resolve;
    const timer = globalThis.setTimeout(resolve, ms);
    signal.addEventListener('abort', this.onAbort, { once: true });
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', this.onAbort);
  }

  /** Sends the requests that are worth sending now. */
  schedule(): void {
    if (this.error || this.options.signal.aborted) return;
    const ready = this.readers.filter((reader) => this.mayFetch(reader)).sort(laggardsFirst);
    if (ready.length === 0) return;
    for (const [leader, group] of Map.groupBy(ready, (reader) => reader.leader)) {
      if (leader < 0) {
        this.moved(group, errorReason(5), true);
        continue;
      }
      let free = this.options.lanes - (this.busy.get(leader) ?? 0);
      for (let left = group; free > 0 && left.length > 0; free--) {
        const sent = this.send(leader, left.slice(0, Math.ceil(left.length / free)));
        if (sent === 0) break;
        left = left.slice(sent);
      }
    }
  }

  private mayFetch(reader: PartitionReader): boolean {
    if (!reader.wantsFetch) return false;
    if (this.isSpent && !reader.isWithinWindow) return false;
    return this.options.isAhead || (reader.isHungry && !reader.isUnderWay);
  }

  /** One request for as many of these as there is room for; answers how many. */
  private send(leader: number, readers: readonly PartitionReader[]): number {
    const asks = [];
    let size = 0;
    for (const reader of readers) {
      const held = this.heldBytes;
      const isAlone = asks.length === 0 && this.isIdle;
      if (!isAlone && held + size >= MAX_HELD_BYTES) break;
      const ask = reader.ask(this.options.budgetBytes - this.bytes - this.askedBytes - size);
      if (asks.length > 0 && size + ask.maxBytes > RESPONSE_BYTES) break;
      asks.push(ask);
      size += ask.maxBytes;
    }
    if (asks.length === 0) return 0;
    const chosen = readers.slice(0, asks.length);
    for (const reader of chosen) reader.isFetching = true;
    this.askedBytes += size;
    this.busy.set(leader, (this.busy.get(leader) ?? 0) + 1);
    this.fetches++;
    const { signal, timeoutMs } = this.options;
    const maxBytes = Math.max(RESPONSE_BYTES, ...asks.map((ask) => ask.maxBytes));
    const call = { signal, timeoutMs, maxBytes, isolation: this.plan.isolation };
    this.source
      .fetch(leader, asks, call)
      .then(
        (answers) => this.take(chosen, answers),
        (error) => {
          if (!signal.aborted) this.moved(chosen, brokerReason(leader, error), false);
        },
      )
      .catch((error) => this.fail(error))
      .finally(() => {
        for (const reader of chosen) reader.isFetching = false;
        this.askedBytes -= size;
        this.busy.set(leader, (this.busy.get(leader) ?? 1) - 1);
        this.goOn();
      });
    return asks.length;
  }

  private get heldBytes(): number {
    let queued = 0;
    for (const { queue } of this.readers) queued += queue.bytes;
    return this.askedBytes + this.siftedBytes + queued;
  }

  private take(readers: readonly PartitionReader[], answers: readonly FetchAnswer[]): void {
    const byPartition = new Map(answers.map((answer) => [answer.partition, answer]));
    for (const reader of readers) {
      const answer = byPartition.get(reader.partition);
      if (!answer) this.moved([reader], 'the broker left it out of its answer', true);
      else if (answer.errorCode === OFFSET_OUT_OF_RANGE) void this.restart(reader);
      else if (isMoved(answer.errorCode)) this.moved([reader], errorReason(answer.errorCode), true);
      else if (answer.errorCode !== 0) reader.failure = errorReason(answer.errorCode);
      else if (answer.records.length === 0) reader.acceptEmpty(answer);
      else {
        this.bytes += answer.records.length;
        for (const piece of reader.accept(answer)) void this.sift(reader, piece, answer);
      }
    }
  }

  private async sift(reader: PartitionReader, piece: Piece, answer: FetchAnswer): Promise<void> {
    const size = piece.bytes.length;
    this.siftedBytes += size;
    try {
      reader.settleWith(piece.slot, await this.sifter.sift(reader.partition, piece, answer.aborted));
    } catch (error) {
      this.fail(error);
    } finally {
      this.siftedBytes -= size;
      this.goOn();
    }
  }

  private goOn(): void {
    if (this.options.isAhead) this.schedule();
    this.wake();
  }

  private fail(reason: unknown): void {
    this.error ??= { reason };
    this.wake();
  }

  /** The log start moved past the offset (retention, DeleteRecords): look it up and go on there. */
  private async restart(reader: PartitionReader): Promise<void> {
    reader.isRestarting = true;
    const { signal, timeoutMs } = this.options;
    const { partition, leader } = reader;
    this.askedBytes++;
    try {
      const [answer] = await this.source.listOffsets(leader, [partition], 'start', this.plan.isolation, {
        signal,
        timeoutMs,
      });
      if (answer?.errorCode === 0) reader.acceptNewStart(answer.offset);
      else this.moved([reader], errorReason(answer?.errorCode ?? 0), true);
    } catch (error) {
      if (!signal.aborted) this.moved([reader], brokerReason(leader, error), false);
    } finally {
      this.askedBytes--;
      reader.isRestarting = false;
      this.goOn();
    }
  }

  /** `mayStay`: the broker answered, so the same leader is worth another try; otherwise only another one is. */
  private moved(readers: readonly PartitionReader[], reason: string, mayStay: boolean): void {
    for (const reader of readers) reader.suspicion = { reason, mayStay };
    if (this.isRefreshing) return;
    this.isRefreshing = true;
    this.refresh()
      .catch((error) => this.fail(error))
      .finally(() => {
        this.isRefreshing = false;
        const rest = this.readers.filter((reader) => reader.suspicion && reader.failure === undefined);
        if (rest[0]?.suspicion && !this.error && !this.options.signal.aborted) {
          this.moved([rest[0]], rest[0].suspicion.reason, rest[0].suspicion.mayStay);
        }
        this.goOn();
      });
  }

  /** Finds the new leaders. Who has none, or keeps the one that did not answer, is given up. */
  private async refresh(): Promise<void> {
    const { signal, timeoutMs } = this.options;
    const suspects = this.readers.filter((reader) => reader.suspicion !== undefined);
    const shape = await this.source.topic({ refresh: true, signal, timeoutMs }).catch((error) => {
      signal.throwIfAborted();
      // The topic is gone, or is another one now: nothing that follows could be right.
      if (error instanceof AppError && error.code.startsWith('topic.')) throw error;
      return undefined;
    });
    if (shape && shape.topicId !== this.plan.topic.topicId) {
      throw new AppError('topic.recreated', { topic: this.source.topicName });
    }
    const leaders = new Map(shape?.partitions.map(({ partition, leader }) => [partition, leader]));
    const waiting: PartitionReader[] = [];
    for (const reader of suspects) {
      if (reader.suspicion === undefined) continue;
      const { reason, mayStay } = reader.suspicion;
      const leader = leaders.get(reader.partition) ?? reader.leader;
      const isSame = leader < 0 || leader === reader.leader;
      if ((isSame && !mayStay) || ++reader.moves > MAX_MOVES) reader.failure = reason;
      else if (isSame) waiting.push(reader);
      reader.leader = leader;
      if (!waiting.includes(reader)) reader.suspicion = undefined;
    }
    // An election takes a moment; asking again at once would use up the tries.
    if (waiting.length > 0) await setTimeout(ELECTION_MS, undefined, { signal });
    for (const reader of waiting) reader.suspicion = undefined;
  }
}

/** Backwards who is at the newest, forwards who is at the oldest: it holds up the rows of all others. */
function laggardsFirst(a: PartitionReader, b: PartitionReader): number {
  if (a.frontier === b.frontier) return a.partition - b.partition;
  return a.direction === 'backward' ? (a.frontier < b.frontier ? 1 : -1) : a.frontier < b.frontier ? -1 : 1;
}
