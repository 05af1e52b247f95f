import type { MessageRow } from '#lib/model/message.ts';

/** A record within its topic, as a key of lists: `3.48211907`. */
export const rowKeyOf = (row: Pick<MessageRow, 'partition' | 'offset'>): string =>
  `${row.partition}.${row.offset}`;
