import type { LogSource } from '#lib/model/log-source.ts';
import type { MessageRow } from '#lib/model/message.ts';
import type { MessageFilter } from '#lib/model/message-filter.ts';
import type { SearchEvent, SearchPlan } from '#lib/model/message-search.ts';
import { comesFirst } from './candidates.ts';
import { type Decoding, DecodingRunner, plainDecoding } from './decoding.ts';
import { Histogram } from './histogram.ts';
import { PartitionReader } from './partition-reader.ts';
import { type Plan, planRead, type ReadRequest } from './plan.ts';
import type { ScanPool } from './pool.ts';
import { describeFilter } from './prepare-filter.ts';
import { Pump } from './pump.ts';
import { type Picked, renderRows } from './render-rows.ts';
import { endOf, type Stopped, sentenceOf } from './search-end.ts';
import { filterFact, filterHash } from './search-fact.ts';
import { SearchMeter } from './search-meter.ts';
import { FilterStopped, Sifter } from './sifter.ts';

export type SearchRequest<T = MessageRow> = ReadRequest & {
  filter: MessageFilter;
  /** The search ends when it has found so many. */
  maxRows: number;
  /** Field paths that the rows carry as columns. */
  columns?: readonly string[];
  /** Makes something else than rows of what was found, in the same order. */
  render?: (picked: readonly Picked[], runner: DecodingRunner) => Promise<T[]>;
};

/** What a search tells, with rows or with what was made in their place. */
export type FoundEvent<T> = Exclude<SearchEvent, { type: 'rows' }> | { type: 'rows'; rows: T[] };

export interface SearchOptions {
  /** Aborted when nobody waits any more: reading stops and the outcome is `cancelled`. */
  signal?: AbortSignal | undefined;
  decoding?: Decoding | undefined;
  /** What may be spent; what was found until then is answered. */
  budgetBytes?: number | undefined;
  budgetMs?: number | undefined;
  budgetRecords?: number | undefined;
  /** Milliseconds one call to a broker may take before that broker counts as missing. */
  callTimeoutMs?: number | undefined;
  /** Told when a filter hung or used up the memory of its worker. */
  onFilterStopped?: ((stopped: FilterStopped) => void) | undefined;
  now?: (() => number) | undefined;
}

export const BUDGET_BYTES = 64 * 1024 * 1024;
const BUDGET_MS = 15_000;
const CALL_TIMEOUT_MS = 4_000;
const PROGRESS_MS = 250;
/** Rows of one event. */
const EVENT_ROWS = 200;
/** One hour: how far ahead of ours a producer's clock may be before its timestamps stop counting. */
const CLOCK_SKEW_MS = 3_600_000;
/** A read of so many rows goes on fetching while rows are made. */
const AHEAD_ROWS = 1_000;
const FETCH_BYTES = 1024 * 1024;
const WINDOW_BYTES = { page: 4 * 1024 * 1024, search: 2 * 1024 * 1024 };
/** Offsets of the first window of a search backwards, for all partitions together. */
const FIRST_WINDOW = 4_000;

/**
 * Reads a range and tells what counts of it: first the plan, then rows in their final order and progress, then the end. Newest first is
 * newest first over all partitions: a row is told as soon as no partition can still bring a newer one, whether or not those hold any
 * that counts. Offsets never repeat nor get lost between a search and the one that its token goes on with.
 * @throws AppError when the request does not fit the topic, the topic cannot be found, or the expression cannot be read.
 */
export async function* search<T = MessageRow>(
  source: LogSource,
  pool: ScanPool,
  request: SearchRequest<T>,
  options: SearchOptions = {},
): AsyncGenerator<FoundEvent<T>> {
  const began = performance.now();
  const now = (options.now ?? Date.now)();
  const stop = new AbortController();
  const deadline = AbortSignal.timeout(options.budgetMs ?? BUDGET_MS);
  const signal = AbortSignal.any([stop.signal, deadline, ...(options.signal ? [options.signal] : [])]);
  const timeoutMs = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
  const hash = filterHash(request.filter);
  const decoding = options.decoding ?? plainDecoding(source.topicName);
  const fact = hash === '' ? null : filterFact(request.filter);
  const runner = new DecodingRunner(decoding, fact ? [fact] : []);
  try {
    const [plan, prepared] = await Promise.all([
      planRead(source, request, { signal, timeoutMs }, hash),
      describeFilter(pool, runner, fact, signal),
    ]);
    const isAhead = fact !== null || request.maxRows >= AHEAD_ROWS;
    const readers = readersOf(plan, request.maxRows, fact !== null);
    const latestMs = now + CLOCK_SKEW_MS;
    const histogram = isAhead ? new Histogram(latestMs) : undefined;
    const sifter = new Sifter(pool, runner, plan, { filter: fact?.id ?? null, latestMs, histogram, signal });
    const budgetBytes = options.budgetBytes ?? BUDGET_BYTES;
    const pump = new Pump(source, plan, sifter, readers, {
      ...{ signal, timeoutMs, isAhead, budgetBytes },
      lanes: isAhead ? 2 : 1,
    });
    const meter = new SearchMeter({ plan, readers, pump, sifter, histogram, budgetBytes, began });
    yield { type: 'plan', plan: planOf(plan, prepared, meter, now) };
    const renderer = { pool, runner, columns: request.columns ?? [], owner: {} };
    const render =
      request.render ??
      ((picked: readonly Picked[]) => renderRows(renderer, picked) as Promise<unknown[]> as Promise<T[]>);
    const isOfMatches = (request.filter.show ?? 'matched') === 'matched';
    let left = request.maxRows;
    // The first word of how it goes comes early.
    let saidAt = performance.now() - PROGRESS_MS / 2;
    let stopped: Stopped | undefined;
    try {
      for (;;) {
        pump.schedule();
        const picked = pick(readers, Math.min(left, isAhead ? EVENT_ROWS : left), fact === null);
        left -= picked.length;
        if (picked.length > 0) yield { type: 'rows', rows: await render(picked, runner) };
        if (left <= 0) break;
        if (performance.now() - saidAt >= PROGRESS_MS) {
          saidAt = performance.now();
          yield { type: 'progress', progress: meter.progress() };
        }
        pump.throwIfBroken();
        if (picked.length > 0) continue;
        if (isFinished(readers, pump)) break;
        const tooMany = options.budgetRecords !== undefined && sifter.totals.records >= options.budgetRecords;
        if (tooMany || (pump.isIdle && pump.isSpent)) {
          stopped = { reason: null, isSpent: true };
          break;
        }
        await pump.changed(Math.max(1, PROGRESS_MS - (performance.now() - saidAt)));
      }
    } catch (error) {
      if (error instanceof FilterStopped) options.onFilterStopped?.(error);
      else if (!signal.aborted) throw error;
      stopped = {
        reason: error instanceof FilterStopped ? sentenceOf(error) : null,
        isSpent: deadline.aborted,
      };
    }
    yield { type: 'progress', progress: meter.final(isOfMatches ? request.maxRows - left : undefined) };
    yield { type: 'end', end: endOf(plan, readers, hash, stopped, options.signal?.aborted ?? false) };
  } finally {
    // Whoever stops listening stops the reading as well.
    stop.abort();
  }
}

function planOf(
  plan: Plan,
  prepared: Pick<SearchPlan, 'pushedDown' | 'marks' | 'paths'>,
  meter: SearchMeter,
  now: number,
): SearchPlan {
  return {
    topicId: plan.topic.topicId,
    order: plan.range.order,
    isolation: plan.isolation,
    asOf: new Date(now).toISOString(),
    plannedOffsets: String(meter.plannedOffsets),
    budgetBytes: meter.budgetBytes,
    ...prepared,
    pushedDown: [...prepared.pushedDown, ...boundsOf(plan)],
    span: spanOf(plan, now),
  };
}

/** What a bound in time cannot promise. */
const boundsOf = ({ time }: Plan): string[] =>
  time.toMs === undefined
    ? []
    : [
        'Each partition is read up to its first record that is as late as the end asked for. What was written behind that with an earlier time is not read.',
      ];

/** Only where the range says from when on: what the log begins with would have to be read for it. */
function spanOf({ time }: Plan, now: number): SearchPlan['span'] {
  if (time.fromMs === undefined) return null;
  const iso = (ms: bigint | number) => new Date(Number(ms)).toISOString();
  return { from: iso(time.fromMs), to: iso(time.toMs ?? now) };
}

function readersOf(plan: Plan, rows: number, isFiltered: boolean): PartitionReader[] {
  const ranges = plan.parts.flatMap((part) => ('range' in part ? [part.range] : []));
  // One partition may hold the whole page, many share it: more than their share is fetched only where it is needed.
  const share = ranges.length <= 4 ? rows : Math.ceil((rows * 2) / ranges.length);
  const first = isFiltered ? Math.ceil(FIRST_WINDOW / Math.max(1, ranges.length)) : share;
  return ranges.map(
    (range) =>
      new PartitionReader(range, {
        direction: plan.direction,
        windowOffsets: Math.max(Math.min(8, rows), Math.min(first, FIRST_WINDOW)),
        fetchBytes: FETCH_BYTES,
        windowBytes: isFiltered || rows >= AHEAD_ROWS ? WINDOW_BYTES.search : WINDOW_BYTES.page,
        // A search may have to go far, and should not go much farther than to what it looks for.
        growth: isFiltered ? 2n : 4n,
      }),
  );
}

/**
 * Takes the records that may be told now. Without a filter each partition that is not at its end has a record to compare with; with one,
 * how far a partition was searched is enough.
 */
function pick(readers: readonly PartitionReader[], most: number, isStrict: boolean): Picked[] {
  const picked: Picked[] = [];
  const hungry = readers.filter((reader) => reader.isHungry);
  if (isStrict && hungry.length > 0) return picked;
  while (picked.length < most) {
    let first: PartitionReader | undefined;
    for (const reader of readers) {
      if (reader.queue.isEmpty) continue;
      if (!first || comesFirst(reader.direction, headOf(reader), headOf(first))) first = reader;
    }
    if (!first) break;
    const head = headOf(first);
    const { direction } = first;
    if (
      hungry.some(
        (reader) => !comesFirst(direction, head, { key: reader.frontier, partition: reader.partition }),
      )
    )
      break;
    picked.push(first.queue.take());
    if (first.isHungry) {
      if (isStrict) break;
      hungry.push(first);
    }
  }
  return picked;
}

const headOf = (reader: PartitionReader) => ({ key: reader.queue.headKey, partition: reader.partition });

const isFinished = (readers: readonly PartitionReader[], pump: Pump): boolean =>
  pump.isIdle &&
  readers.every((reader) => reader.failure !== undefined || (reader.isDone && reader.queue.isEmpty));
