import { createHash } from 'node:crypto';
import type { MessageFilter } from '#lib/model/message-filter.ts';
import type { Fact } from './facts.ts';

/** Of the conditions alone: a page token carries it. The empty string where there are none. */
export function filterHash(filter: MessageFilter): string {
  const entries = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '');
  if (entries.length === 0) return '';
  const text = JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** What workers are told of the conditions, once. */
export const filterFact = (filter: MessageFilter): Fact => ({
  id: `filter:${filterHash(filter)}`,
  value: filter,
});
