import type {
  AbortedTransaction,
  FetchAnswer,
  FetchAsk,
  Isolation,
  LogSource,
  OffsetAnswer,
  OffsetAt,
  TopicShape,
} from '#lib/model/log-source.ts';
import { type BatchOptions, type BatchRecord, recordBatch } from './record-batches.ts';

interface StoredBatch {
  first: bigint;
  last: bigint;
  maxTimestamp: bigint;
  bytes: Buffer;
}

/** One partition's log in memory, as a broker keeps it: whole batches, a start, an end. */
export class MemoryPartition {
  leader: number;
  start = 0n;
  end = 0n;
  /** Below `end` while a transaction is open. */
  lastStable: bigint | undefined;
  readonly batches: StoredBatch[] = [];
  readonly aborted: (AbortedTransaction & { lastOffset: bigint })[] = [];

  constructor(leader: number) {
    this.leader = leader;
  }

  append(records: BatchRecord[], options: BatchOptions = {}): this {
    const first = options.baseOffset ?? records[0]?.offset ?? this.end;
    const last = options.lastOffset ?? records.at(-1)?.offset ?? first;
    let maxTimestamp = -1n;
    for (const { timestamp = 0n } of records) if (timestamp > maxTimestamp) maxTimestamp = timestamp;
    return this.appendBytes(
      first,
      last,
      recordBatch(records, { ...options, baseOffset: first, lastOffset: last }),
      maxTimestamp,
    );
  }

  appendBytes(first: bigint, last: bigint, bytes: Buffer, maxTimestamp = -1n): this {
    this.batches.push({ first, last, maxTimestamp, bytes });
    this.end = last + 1n;
    return this;
  }

  stable(isolation: Isolation): bigint {
    return isolation === 'read_committed' ? (this.lastStable ?? this.end) : this.end;
  }
}

/** A topic in memory with the faults a test asks for. */
export class MemoryLog implements LogSource {
  readonly topicName = 'memory';
  topicId = 'topic-1';
  readonly partitions: MemoryPartition[];
  /** Brokers that do not answer. */
  readonly dead = new Set<number>();
  /** Called before each fetch; what it throws or waits for happens to the call. */
  beforeFetch: ((leader: number, asks: FetchAsk[]) => Promise<void> | void) | undefined;
  fetches = 0;
  fetchedBytes = 0;

  constructor(partitions: number, brokers = 3) {
    this.partitions = Array.from({ length: partitions }, (_, i) => new MemoryPartition((i % brokers) + 1));
  }

  at(partition: number): MemoryPartition {
    const found = this.partitions[partition];
    if (!found) throw new Error(`no partition ${partition}`);
    return found;
  }

  async topic(): Promise<TopicShape> {
    const partitions = this.partitions.map(({ leader }, partition) => ({ partition, leader }));
    return { topicId: this.topicId, partitions };
  }

  async listOffsets(
    leader: number,
    partitions: number[],
    at: OffsetAt,
    isolation: Isolation,
  ): Promise<OffsetAnswer[]> {
    this.refuseDead(leader);
    return partitions.map((partition) => {
      const log = this.at(partition);
      if (log.leader !== leader) return { partition, offset: -1n, errorCode: 6 };
      return { partition, offset: lookUp(log, at, isolation), errorCode: 0 };
    });
  }

  async fetch(
    leader: number,
    asks: FetchAsk[],
    options: { maxBytes: number; isolation: Isolation; signal?: AbortSignal | undefined },
  ): Promise<FetchAnswer[]> {
    await this.beforeFetch?.(leader, asks);
    options.signal?.throwIfAborted();
    this.refuseDead(leader);
    this.fetches++;
    let left = options.maxBytes;
    return asks.map((ask, i) => {
      const answer = this.answer(leader, ask, options.isolation, left, i === 0);
      left -= answer.records.length;
      this.fetchedBytes += answer.records.length;
      return answer;
    });
  }

  private refuseDead(leader: number): void {
    if (this.dead.has(leader)) throw new Error('connection refused');
  }

  private answer(
    leader: number,
    ask: FetchAsk,
    isolation: Isolation,
    left: number,
    isFirst: boolean,
  ): FetchAnswer {
    const log = this.at(ask.partition);
    const stable = log.stable(isolation);
    const empty: FetchAnswer = {
      partition: ask.partition,
      errorCode: 0,
      records: Buffer.alloc(0),
      highWatermark: log.end,
      lastStableOffset: stable,
      logStartOffset: log.start,
      aborted: [],
    };
    if (log.leader !== leader) return { ...empty, errorCode: 6, highWatermark: -1n };
    if (ask.offset < log.start || ask.offset > log.end) return { ...empty, errorCode: 1 };
    const parts: Buffer[] = [];
    let size = 0;
    let upTo = ask.offset;
    for (const batch of log.batches) {
      if (batch.last < ask.offset) continue;
      if (batch.first >= stable) break;
      const fits = size + batch.bytes.length <= Math.min(ask.maxBytes, left);
      if (!fits && !(isFirst && parts.length === 0)) break;
      parts.push(batch.bytes);
      size += batch.bytes.length;
      upTo = batch.last;
      if (!fits) break;
    }
    const aborted = isolation === 'read_committed' ? log.aborted : [];
    return {
      ...empty,
      records: Buffer.concat(parts),
      aborted: aborted
        .filter(({ firstOffset, lastOffset }) => lastOffset >= ask.offset && firstOffset <= upTo)
        .map(({ producerId, firstOffset }) => ({ producerId, firstOffset })),
    };
  }
}

function lookUp(log: MemoryPartition, at: OffsetAt, isolation: Isolation): bigint {
  if (at === 'start') return log.start;
  if (at === 'end') return log.stable(isolation);
  const wanted = BigInt(at.timestampMs);
  return log.batches.find((batch) => batch.maxTimestamp >= wanted)?.first ?? -1n;
}
