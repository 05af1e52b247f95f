import type { MessageRow } from '#lib/model/message.ts';

/** First and last offset that was shown of each partition: `3: 118-240`. */
export function offsetsRead(rows: readonly Pick<MessageRow, 'partition' | 'offset'>[]): string[] {
  const spans = new Map<number, { least: bigint; most: bigint }>();
  for (const row of rows) {
    const offset = BigInt(row.offset);
    const span = spans.get(row.partition);
    if (!span) spans.set(row.partition, { least: offset, most: offset });
    else if (offset < span.least) span.least = offset;
    else if (offset > span.most) span.most = offset;
  }
  return [...spans]
    .sort(([a], [b]) => a - b)
    .map(([partition, { least, most }]) => `${partition}: ${least}${most === least ? '' : `-${most}`}`);
}
