import { formatCount } from '#lib/format.ts';
import { MAX_EXPRESSION_BYTES, maxSearchBudgetMb } from '#lib/model/message-limits.ts';
import { parsePlace } from '#lib/model/message-range.ts';
import { parsePartitions } from '#lib/model/partition-set.ts';
import type { AddressName, MessageAddress } from '../message-address.ts';

export type QueryProblems = Partial<Record<AddressName, string>>;

const isWhole = (text: string) => /^\d{1,15}$/.test(text);

/** What of a query cannot be asked, each in words for its field. The server checks again. */
export function problemsOf(address: MessageAddress, partitionCount: number): QueryProblems {
  const found: QueryProblems = {};
  for (const side of ['from', 'to'] as const) {
    if (address[side] !== '' && !parsePlace(address[side]))
      found[side] = 'An offset, a moment from 1970 on, or how long ago.';
  }
  if (address.partitions !== '') {
    const chosen = parsePartitions(address.partitions);
    const beyond = chosen?.find((partition) => partition >= partitionCount);
    if (!chosen) found.partitions = 'Such as 0-3, 7.';
    else if (beyond !== undefined) found.partitions = `There are 0 to ${formatCount(partitionCount - 1)}.`;
  }
  const budget = Number(address.budget);
  if (address.budget !== '' && !(isWhole(address.budget) && budget >= 1 && budget <= maxSearchBudgetMb))
    found.budget = `From 1 to ${formatCount(maxSearchBudgetMb)} MB.`;
  for (const name of ['minSize', 'maxSize'] as const) {
    if (address[name] !== '' && !isWhole(address[name])) found[name] = 'Bytes, as a whole number.';
  }
  if (!found.minSize && !found.maxSize && address.minSize && address.maxSize)
    if (Number(address.minSize) > Number(address.maxSize))
      found.maxSize = 'The least size is larger than the largest.';
  const bytes = new TextEncoder().encode(address.where).length;
  if (bytes > MAX_EXPRESSION_BYTES)
    found.where = `${formatCount(bytes)} bytes; at most ${formatCount(MAX_EXPRESSION_BYTES)} are taken.`;
  return found;
}
