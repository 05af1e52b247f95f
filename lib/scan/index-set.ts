import type { AbortedTransaction, Isolation } from '#lib/model/log-source.ts';
import { AbortedFilter } from './aborted.ts';
import { type BatchHeader, walkBatches } from './batch-header.ts';
import { openBatch } from './record-batch.ts';

/** Offsets that hold something which could not be read, with the reason. Both ends belong to it. */
export interface UnreadableRange {
  fromOffset: bigint;
  toOffset: bigint;
  reason: string;
}

export interface IndexOptions {
  /** Only records of `[from, to)` count; a batch may begin before and end after. */
  from: bigint;
  to: bigint;
  /** Only records with a timestamp of `[fromMs, toMs)` count, where these are given. */
  fromMs?: bigint;
  toMs?: bigint;
  isolation: Isolation;
  aborted: readonly AbortedTransaction[];
  maxInflatedBytes: number;
}

/** What one `records` field holds, without any record made into an object. */
export interface SetIndex {
  /** Offsets and timestamps of the visible records, ascending by offset. */
  offsets: BigInt64Array<ArrayBuffer>;
  timestamps: BigInt64Array<ArrayBuffer>;
  /** Where the next fetch begins; undefined when not even one batch header could be read. */
  next: bigint | undefined;
  /** First offset that the bytes cover; it may lie before the one asked for. */
  first: bigint | undefined;
  unreadable: UnreadableRange[];
  /** What made the reading stop before the end of the bytes. */
  problem: string | undefined;
  batches: number;
  /** Records looked at, hidden ones included. */
  records: number;
  abortedRecords: number;
  wrongCrcBatches: number;
}

/**
 * Lists the visible records of a fetched `records` field. The position moves by batch headers alone, so that markers,
 * compacted, aborted and unreadable batches are passed like any other. Never throws for any bytes.
 */
export function indexSet(bytes: Buffer, options: IndexOptions): SetIndex {
  const walk = walkBatches(bytes);
  const filter = new AbortedFilter(options.isolation === 'read_committed' ? options.aborted : []);
  const found = new OffsetList();
  const index: Omit<SetIndex, 'offsets' | 'timestamps'> = {
    next: undefined,
    first: undefined,
    unreadable: [],
    problem: walk.problem,
    batches: walk.headers.length,
    records: 0,
    abortedRecords: 0,
    wrongCrcBatches: 0,
  };
  for (const header of walk.headers) {
    if (index.next === undefined || header.lastOffset >= index.next) index.next = header.lastOffset + 1n;
    if (header.crc === 'wrong') index.wrongCrcBatches++;
    const base = readBatch(bytes, header, options, filter, found, index);
    index.first ??= base;
  }
  return { ...index, ...found.finish() };
}

/** Reads one batch into `found`; answers its first offset. */
function readBatch(
  bytes: Buffer,
  header: BatchHeader,
  options: IndexOptions,
  filter: AbortedFilter,
  found: OffsetList,
  index: Omit<SetIndex, 'offsets' | 'timestamps'>,
): bigint {
  if (header.isControl) {
    const marker = openBatch(bytes, header, options.maxInflatedBytes);
    filter.passMarker(header, 'cursor' in marker && marker.cursor.next() ? marker.cursor.key : null);
    return header.baseOffset;
  }
  const isAborted = filter.isAborted(header);
  if (header.lastOffset < options.from || header.baseOffset >= options.to) return header.baseOffset;
  if (isAborted) {
    index.records += Math.max(0, header.recordCount);
    index.abortedRecords += Math.max(0, header.recordCount);
    return header.baseOffset;
  }
  const opened = openBatch(bytes, header, options.maxInflatedBytes);
  if ('problem' in opened) {
    index.unreadable.push({
      fromOffset: header.baseOffset,
      toOffset: header.lastOffset,
      reason: opened.problem,
    });
    return header.baseOffset;
  }
  const { cursor } = opened;
  let last = header.baseOffset - 1n;
  while (cursor.next()) {
    index.records++;
    last = cursor.offset;
    if (last < options.from || last >= options.to) continue;
    const { timestamp } = cursor;
    if (isWithin(timestamp, options)) found.push(last, timestamp);
  }
  if (cursor.problem !== undefined && last < header.lastOffset) {
    index.unreadable.push({ fromOffset: last + 1n, toOffset: header.lastOffset, reason: cursor.problem });
  }
  return header.magic === 2 ? header.baseOffset : cursor.baseOffset;
}

const isWithin = (timestamp: bigint, { fromMs, toMs }: IndexOptions): boolean =>
  (fromMs === undefined || timestamp >= fromMs) && (toMs === undefined || timestamp < toMs);

/** Two growing columns of 64-bit numbers. */
class OffsetList {
  private offsets = new BigInt64Array(256);
  private timestamps = new BigInt64Array(256);
  private length = 0;

  push(offset: bigint, timestamp: bigint): void {
    if (this.length === this.offsets.length) {
      this.offsets = widened(this.offsets);
      this.timestamps = widened(this.timestamps);
    }
    this.offsets[this.length] = offset;
    this.timestamps[this.length++] = timestamp;
  }

  finish(): { offsets: BigInt64Array<ArrayBuffer>; timestamps: BigInt64Array<ArrayBuffer> } {
    return {
      offsets: this.offsets.slice(0, this.length),
      timestamps: this.timestamps.slice(0, this.length),
    };
  }
}

function widened(column: BigInt64Array<ArrayBuffer>): BigInt64Array<ArrayBuffer> {
  const wider = new BigInt64Array(column.length * 2);
  wider.set(column);
  return wider;
}
