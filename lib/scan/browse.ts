import type { LogSource } from '#lib/model/log-source.ts';
import type { MessagePage, ReadOutcome } from '#lib/model/message.ts';
import { comesFirst } from './candidates.ts';
import { Fetcher } from './fetch-round.ts';
import { missingOf } from './missing.ts';
import { encodePageToken } from './page-token.ts';
import { PartitionReader } from './partition-reader.ts';
import { type Plan, planRead, type ReadRequest } from './plan.ts';
import type { ScanPool } from './pool.ts';
import { type Picked, renderRows } from './render-rows.ts';

/** One page: so many rows of what is asked for. */
export type BrowseRequest = ReadRequest & { pageSize: number };

export interface BrowseOptions {
  /** Aborted when nobody waits for the page any more: reading stops and the outcome is `cancelled`. */
  signal?: AbortSignal | undefined;
  /** Most bytes to fetch for one page, and milliseconds to spend; what was found until then is answered. */
  budgetBytes?: number | undefined;
  budgetMs?: number | undefined;
  /** Milliseconds one call to a broker may take before that broker counts as missing. */
  callTimeoutMs?: number | undefined;
  now?: (() => number) | undefined;
}

export const MAX_PAGE_ROWS = 200;
const BUDGET_BYTES = 64 * 1024 * 1024;
const BUDGET_MS = 15_000;
const CALL_TIMEOUT_MS = 4_000;

/**
 * One page of messages. Newest first is newest first over all partitions: a row is emitted only when every partition that
 * can still be read has a record at hand which is not newer. Offsets never repeat nor get lost between pages.
 * @throws AppError when the request does not fit the topic, or the topic cannot be found at all.
 */
export async function browse(
  source: LogSource,
  pool: ScanPool,
  request: BrowseRequest,
  options: BrowseOptions = {},
): Promise<MessagePage> {
  const now = options.now ?? Date.now;
  const began = performance.now();
  const deadline = AbortSignal.timeout(options.budgetMs ?? BUDGET_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const timeoutMs = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
  const asOf = now();
  const plan = await planRead(source, request, { signal, timeoutMs });
  const pageSize = Math.max(1, Math.min(MAX_PAGE_ROWS, request.pageSize));
  const readers = readersOf(plan, pageSize, asOf);
  const fetcher = new Fetcher(source, pool, {
    isolation: plan.isolation,
    topicId: plan.topic.topicId,
    time: plan.time,
    signal,
    timeoutMs,
  });
  const picked: Picked[] = [];
  const isSpent = () => fetcher.totals.bytes >= (options.budgetBytes ?? BUDGET_BYTES);
  const stop = await fill(picked, readers, pageSize, fetcher, signal, isSpent);
  const rows = await renderRows(pool, picked);
  const missing = missingOf(plan, readers);
  const hasMore = missing.length > 0 || readers.some((reader) => !reader.queue.isEmpty || !reader.isDone);
  return {
    rows,
    outcome: outcomeOf(stop, missing.length > 0, options.signal),
    nextToken: hasMore ? tokenOf(plan, readers) : null,
    isolation: plan.isolation,
    direction: plan.direction,
    topicId: plan.topic.topicId,
    missing,
    unreadable: readers.flatMap((reader) => unreadableOf(reader, plan)),
    expired: expiredOf(plan, readers),
    read: { ...fetcher.totals, elapsedMs: Math.round(performance.now() - began) },
    asOf: new Date(asOf).toISOString(),
  };
}

/** Picks rows until the page is full or nothing is left; answers why it stopped early, if it did. */
async function fill(
  picked: Picked[],
  readers: readonly PartitionReader[],
  pageSize: number,
  fetcher: Fetcher,
  signal: AbortSignal,
  isSpent: () => boolean,
): Promise<'full' | 'stopped'> {
  try {
    while (picked.length < pageSize) {
      const hungry = readers.filter((reader) => reader.isHungry);
      if (hungry.length > 0) {
        if (signal.aborted || isSpent()) return 'stopped';
        await fetcher.round(hungry);
        continue;
      }
      const first = firstOf(readers);
      if (!first) return 'full';
      picked.push(first.queue.take());
    }
    return 'full';
  } catch (error) {
    if (signal.aborted) return 'stopped';
    throw error;
  }
}

function firstOf(readers: readonly PartitionReader[]): PartitionReader | undefined {
  let first: PartitionReader | undefined;
  for (const reader of readers) {
    if (reader.queue.isEmpty) continue;
    if (!first || comesFirst(reader.direction, keyOf(reader), keyOf(first))) first = reader;
  }
  return first;
}

const keyOf = (reader: PartitionReader) => ({ key: reader.queue.headKey, partition: reader.partition });

function readersOf(plan: Plan, pageSize: number, nowMs: number): PartitionReader[] {
  const ranges = plan.parts.flatMap((part) => ('range' in part ? [part.range] : []));
  // One partition may hold the whole page, many share it: more than their share is fetched only where it is needed.
  const share = ranges.length <= 4 ? pageSize : Math.ceil((pageSize * 2) / ranges.length);
  const windowOffsets = Math.max(Math.min(8, pageSize), share);
  return ranges.map((range) => new PartitionReader(range, plan.direction, windowOffsets, nowMs));
}

function outcomeOf(
  stop: 'full' | 'stopped',
  isPartial: boolean,
  asked: AbortSignal | undefined,
): ReadOutcome {
  if (asked?.aborted) return 'cancelled';
  if (isPartial) return 'partial';
  return stop === 'stopped' ? 'budget' : 'complete';
}

function tokenOf(plan: Plan, readers: readonly PartitionReader[]): string {
  const byPartition = new Map(readers.map((reader) => [reader.partition, reader.resumeAt]));
  return encodePageToken({
    topicId: plan.topic.topicId,
    partitionCount: plan.topic.partitions.length,
    range: plan.range,
    isolation: plan.isolation,
    partitions: plan.selected,
    positions: plan.parts.map((part) =>
      'range' in part ? (byPartition.get(part.partition) ?? null) : part.position,
    ),
    filterHash: '',
  });
}

/** What this page passed; what lies beyond its end is told by the page that gets there. */
function unreadableOf(reader: PartitionReader, plan: Plan): MessagePage['unreadable'] {
  return reader.unreadable
    .filter(({ fromOffset, toOffset }) =>
      plan.direction === 'backward' ? toOffset >= reader.resumeAt : fromOffset < reader.resumeAt,
    )
    .map(({ fromOffset, toOffset, reason }) => ({
      partition: reader.partition,
      fromOffset: String(fromOffset),
      toOffset: String(toOffset),
      reason,
    }));
}

function expiredOf(plan: Plan, readers: readonly PartitionReader[]): MessagePage['expired'] {
  const during = new Map(readers.map((reader) => [reader.partition, reader.expiredOffsets]));
  return plan.parts.flatMap((part) => {
    if (!('range' in part)) return [];
    const offsets = part.expired + (during.get(part.partition) ?? 0n);
    return offsets > 0n ? [{ partition: part.partition, offsets: String(offsets) }] : [];
  });
}
