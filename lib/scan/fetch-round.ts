import { setTimeout } from 'node:timers/promises';
import { AppError } from '#lib/errors/app-error.ts';
import type { FetchAnswer, LogSource } from '#lib/model/log-source.ts';
import type { Isolation } from '#lib/model/message.ts';
import { errorReason, isMoved, OFFSET_OUT_OF_RANGE } from './kafka-error.ts';
import type { PartitionReader } from './partition-reader.ts';
import type { TimeBounds } from './plan.ts';
import type { ScanPool } from './pool.ts';
import { MAX_INFLATED_BYTES } from './record-batch.ts';
import { brokerReason } from './unanswered.ts';

const RESPONSE_BYTES = 8 * 1024 * 1024;
/** How often a partition's leader may move, or hide, within one page. */
const MAX_MOVES = 3;
const ELECTION_MS = 150;

export interface ReadTotals {
  bytes: number;
  records: number;
  abortedRecords: number;
  wrongCrcBatches: number;
  fetches: number;
}

/** Feeds hungry partitions of one page: one request per broker, all brokers at once, decoding in the workers. */
export class Fetcher {
  readonly totals: ReadTotals = { bytes: 0, records: 0, abortedRecords: 0, wrongCrcBatches: 0, fetches: 0 };
  private readonly source: LogSource;
  private readonly pool: ScanPool;
  private readonly isolation: Isolation;
  private readonly topicId: string;
  private readonly time: TimeBounds;
  private readonly signal: AbortSignal;
  private readonly timeoutMs: number | undefined;
  private needsRefresh = false;

  constructor(
    source: LogSource,
    pool: ScanPool,
    options: {
      isolation: Isolation;
      topicId: string;
      time: TimeBounds;
      signal: AbortSignal;
      timeoutMs: number | undefined;
    },
  ) {
    this.source = source;
    this.pool = pool;
    this.isolation = options.isolation;
    this.topicId = options.topicId;
    this.time = options.time;
    this.signal = options.signal;
    this.timeoutMs = options.timeoutMs;
  }

  /** One answer for each of the readers, or a failure in it. Rejects when aborted and when the topic was recreated. */
  async round(readers: readonly PartitionReader[]): Promise<void> {
    const byLeader = Map.groupBy(readers, (reader) => reader.leader);
    await Promise.all([...byLeader].map(([leader, group]) => this.ask(leader, group)));
    if (this.needsRefresh) await this.refresh(readers);
  }

  private async ask(leader: number, readers: readonly PartitionReader[]): Promise<void> {
    if (leader < 0) {
      this.moved(readers, errorReason(5), true);
      return;
    }
    const byPartition = new Map(readers.map((reader) => [reader.partition, reader]));
    let answers: FetchAnswer[];
    try {
      this.totals.fetches++;
      answers = await this.source.fetch(
        leader,
        readers.map((reader) => reader.ask()),
        {
          maxBytes: RESPONSE_BYTES,
          isolation: this.isolation,
          signal: this.signal,
          timeoutMs: this.timeoutMs,
        },
      );
    } catch (error) {
      this.signal.throwIfAborted();
      this.moved(readers, brokerReason(leader, error), false);
      return;
    }
    await Promise.all(
      answers.map((answer) => {
        const reader = byPartition.get(answer.partition);
        byPartition.delete(answer.partition);
        return reader && this.take(reader, answer);
      }),
    );
    for (const reader of byPartition.values())
      this.moved([reader], 'the broker left it out of its answer', true);
  }

  private async take(reader: PartitionReader, answer: FetchAnswer): Promise<void> {
    if (answer.errorCode === OFFSET_OUT_OF_RANGE) return this.restart(reader);
    if (isMoved(answer.errorCode)) {
      this.moved([reader], errorReason(answer.errorCode), true);
      return;
    }
    if (answer.errorCode !== 0) {
      reader.failure = errorReason(answer.errorCode);
      return;
    }
    if (answer.records.length === 0) {
      reader.acceptEmpty(answer);
      return;
    }
    this.totals.bytes += answer.records.length;
    try {
      const { value: index, bytes } = await this.pool.run(
        answer.records,
        {
          kind: 'index',
          ...reader.bounds,
          ...this.time,
          isolation: this.isolation,
          aborted: answer.aborted,
          maxInflatedBytes: MAX_INFLATED_BYTES,
        },
        { owner: this, isReturned: true, signal: this.signal },
      );
      this.totals.records += index.records;
      this.totals.abortedRecords += index.abortedRecords;
      this.totals.wrongCrcBatches += index.wrongCrcBatches;
      reader.accept(index, bytes);
    } catch (error) {
      this.signal.throwIfAborted();
      reader.failure = error instanceof Error ? error.message : 'reading failed';
    }
  }

  /** The log start moved past the offset (retention, DeleteRecords): look it up and go on there. */
  private async restart(reader: PartitionReader): Promise<void> {
    try {
      const [answer] = await this.source.listOffsets(
        reader.leader,
        [reader.partition],
        'start',
        this.isolation,
        { signal: this.signal, timeoutMs: this.timeoutMs },
      );
      if (answer?.errorCode === 0) reader.acceptNewStart(answer.offset);
      else this.moved([reader], errorReason(answer?.errorCode ?? 0), true);
    } catch (error) {
      this.signal.throwIfAborted();
      this.moved([reader], brokerReason(reader.leader, error), false);
    }
  }

  /** `mayStay`: the broker answered, so the same leader is worth another try; otherwise only another one is. */
  private moved(readers: readonly PartitionReader[], reason: string, mayStay: boolean): void {
    for (const reader of readers) {
      reader.suspicion = { reason, mayStay };
      this.needsRefresh = true;
    }
  }

  /** Finds the new leaders. Who has none, or keeps the one that did not answer, is given up. */
  private async refresh(readers: readonly PartitionReader[]): Promise<void> {
    this.needsRefresh = false;
    const shape = await this.source
      .topic({ refresh: true, signal: this.signal, timeoutMs: this.timeoutMs })
      .catch((error) => {
        this.signal.throwIfAborted();
        // The topic is gone, or is another one now: nothing that follows could be right.
        if (error instanceof AppError && error.code.startsWith('topic.')) throw error;
        return undefined;
      });
    if (shape && shape.topicId !== this.topicId) {
      throw new AppError('topic.recreated', { topic: this.source.topicName });
    }
    const leaders = new Map(shape?.partitions.map(({ partition, leader }) => [partition, leader]));
    let mustWait = false;
    for (const reader of readers) {
      if (reader.suspicion === undefined) continue;
      const { reason, mayStay } = reader.suspicion;
      reader.suspicion = undefined;
      const leader = leaders.get(reader.partition) ?? reader.leader;
      const isSame = leader < 0 || leader === reader.leader;
      if ((isSame && !mayStay) || ++reader.moves > MAX_MOVES) reader.failure = reason;
      else if (isSame) mustWait = true;
      reader.leader = leader;
    }
    // An election takes a moment; asking again at once would use up the tries.
    if (mustWait) await setTimeout(ELECTION_MS, undefined, { signal: this.signal });
  }
}
