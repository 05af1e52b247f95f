import type { MetadataColumns } from '#lib/model/columns.ts';

/**
 * For each partition row of `now`, its row in `before`, or -1 for one that was not there. A topic that was made anew under
 * its name is another topic (F12). Names are sorted in both.
 */
export function rowsBefore(before: MetadataColumns, now: MetadataColumns): Int32Array {
  const rows = new Int32Array(now.partition.length).fill(-1);
  let b = 0;
  for (let t = 0; t < now.names.length; t++) {
    while (b < before.names.length && before.names[b]! < now.names[t]!) b++;
    if (before.names[b] !== now.names[t] || before.topicIds[b] !== now.topicIds[t]) continue;
    const [from, was] = [now.partitionStart[t]!, before.partitionStart[b]!];
    const count = Math.min(now.partitionStart[t + 1]! - from, before.partitionStart[b + 1]! - was);
    for (let p = 0; p < count; p++) rows[from + p] = was + p;
  }
  return rows;
}
