import type { MetadataColumns, OffsetColumns } from '#lib/model/columns.ts';
import type { PartitionCut } from '#lib/model/topic-plan.ts';

type UpTo = { kind: 'all' } | { kind: 'time' } | { kind: 'offset'; partition: number; offset: string };

/**
 * The new start of each partition of one topic's metadata.
 * @param read.found the first offset at or after the asked time; -1 where every record is older
 */
export function cutPartitions(
  metadata: MetadataColumns,
  upTo: UpTo,
  read: { starts: OffsetColumns; ends: OffsetColumns; found: OffsetColumns | null },
): PartitionCut[] {
  const cuts: PartitionCut[] = [];
  for (let p = 0; p < metadata.partition.length; p++) {
    const partition = metadata.partition[p]!;
    if (upTo.kind === 'offset' && upTo.partition !== partition) continue;
    const start = read.starts.offsets[p]!;
    const end = read.ends.offsets[p]!;
    const known = {
      partition,
      startOffset: start < 0n ? null : start.toString(),
      endOffset: end < 0n ? null : end.toString(),
    };
    const leave = (reason: string): PartitionCut => ({ ...known, before: null, records: '0', reason });
    if (metadata.leader[p]! < 0) cuts.push(leave('It has no leader now.'));
    else if (start < 0n || end < 0n) cuts.push(leave(`Broker ${metadata.leader[p]} does not answer.`));
    else if (read.found && read.found.errors[p] !== 0)
      cuts.push(leave(`Broker ${metadata.leader[p]} did not find the time.`));
    else {
      const before = wantedStart(upTo, end, read.found?.offsets[p] ?? -1n);
      if (before > end) cuts.push(leave(`It ends at ${end}: there is no offset ${before} yet.`));
      else if (start === end) cuts.push(leave('It is empty.'));
      else if (before <= start) cuts.push(leave('Nothing in it is older.'));
      else
        cuts.push({
          ...known,
          before: before.toString(),
          records: (before - start).toString(),
          reason: null,
        });
    }
  }
  return cuts;
}

function wantedStart(upTo: UpTo, end: bigint, found: bigint): bigint {
  if (upTo.kind === 'offset') return BigInt(upTo.offset);
  if (upTo.kind === 'all') return end;
  // Kafka finds nothing when every record is older than the time: then all of them go.
  return found < 0n ? end : found;
}

/** How many records a group has not read that a cut takes away. A group that never committed (-1) counts for none. */
export function unreadBefore(committed: bigint, start: bigint, cut: bigint): bigint {
  if (committed < 0n) return 0n;
  const from = committed > start ? committed : start;
  return cut > from ? cut - from : 0n;
}
