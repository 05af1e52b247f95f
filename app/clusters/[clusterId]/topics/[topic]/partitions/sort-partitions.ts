import { stateRank } from '#lib/model/state-rank.ts';
import type { PartitionRow } from '#lib/model/topic.ts';

type Sortable = number | bigint;

const values: Record<string, (row: PartitionRow) => Sortable> = {
  partition: (row) => row.partition,
  // Trouble first when descending, then its size.
  state: (row) => -stateRank(row.state) * 1000 + row.outOfSync.length,
  leader: (row) => row.leader ?? -1,
  start: (row) => BigInt(row.startOffset ?? -1),
  end: (row) => BigInt(row.endOffset ?? -1),
  records: (row) => BigInt(row.records ?? -1),
  size: (row) => row.sizeBytes ?? -1,
  rate: (row) => row.recordsPerSecond ?? -1,
};

/** Partitions in the order of a column; equal ones by number. Unknown sorts below every known value. */
export function sortPartitions(
  rows: readonly PartitionRow[],
  column: string,
  isDescending: boolean,
): PartitionRow[] {
  const value = values[column] ?? (() => 0);
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    return (left < right ? -sign : left > right ? sign : 0) || a.partition - b.partition;
  });
}
