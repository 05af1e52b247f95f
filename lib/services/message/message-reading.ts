import { AppError } from '#lib/errors/app-error.ts';
import type { MessageFilter } from '#lib/model/message-filter.ts';
import { filterOf, type ReadMessagesInput } from '#lib/model/message-request.ts';
import type { Context } from '#lib/operations/context.ts';
import { filterSuspension } from '#lib/scan/filter-suspension.ts';
import type { ReadRequest } from '#lib/scan/plan.ts';
import type { ScanPool } from '#lib/scan/pool.ts';
import type { SearchOptions } from '#lib/scan/search.ts';
import { scanPool, searchPool } from '#lib/scan/shared-pool.ts';
import { decodingOf } from './decoding.ts';
import { rangeOf } from './message-range.ts';

/** What the engine is asked and told for one reading of messages. */
export interface Reading {
  request: ReadRequest & { filter: MessageFilter; columns: string[] };
  /** Filters run apart from pages, so that a page never waits for one. */
  pool: ScanPool;
  options: Pick<SearchOptions, 'signal' | 'decoding' | 'onFilterStopped'>;
  isFiltered: boolean;
}

/**
 * Makes ready what an input asks for: times, positions of a group, serdes, masks.
 * @throws AppError `filter.suspended`; `input.invalid` with the field
 */
export async function readingOf(
  context: Context,
  input: ReadMessagesInput & { page?: string | undefined },
): Promise<Reading> {
  const { clusterId, topic, partitions, isolation, columns, page } = input;
  const filter = filterOf(input);
  const isFiltered = Object.keys(filter).length > 0;
  const { userId } = context.principal;
  if (filter.where) filterSuspension().check(userId);
  if (filter.show && !filter.where) {
    const fields = { show: 'Only an expression fails or lacks something decoded. Write one first.' };
    throw new AppError('input.invalid', {}, { fields });
  }
  const [read, decoding] = await Promise.all([
    page ? { token: page } : rangeOf(context, input).then((range) => ({ range, partitions, isolation })),
    decodingOf(context, clusterId, topic, input),
  ]);
  return {
    request: { ...read, filter, columns },
    pool: isFiltered ? searchPool() : scanPool(),
    options: {
      signal: context.signal,
      decoding,
      onFilterStopped: () => filterSuspension().record(userId),
    },
    isFiltered,
  };
}
