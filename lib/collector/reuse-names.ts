import type { MetadataColumns } from '#lib/model/columns.ts';

/**
 * The new metadata with the arrays of names of the old one where nothing was added or removed, so that
 * `a.names === b.names` tells that rows of the two mean the same, and ten thousand strings are not kept twice.
 * In the same way `a.replicas === b.replicas` tells that replicas are where they were: a reassignment moves them
 * while names and partitions stay.
 */
export function reuseNames(before: MetadataColumns | null, now: MetadataColumns): MetadataColumns {
  if (!before || before.names.length !== now.names.length || before.partition.length !== now.partition.length)
    return now;
  for (let t = 0; t < now.names.length; t++) {
    if (before.names[t] !== now.names[t] || before.topicIds[t] !== now.topicIds[t]) return now;
    if (before.partitionStart[t] !== now.partitionStart[t]) return now;
  }
  const same = { ...now, names: before.names, topicIds: before.topicIds };
  return haveSameReplicas(before, now)
    ? { ...same, replicaStart: before.replicaStart, replicas: before.replicas }
    : same;
}

function haveSameReplicas(before: MetadataColumns, now: MetadataColumns): boolean {
  if (before.replicas.length !== now.replicas.length) return false;
  for (let p = 0; p < now.replicaStart.length; p++)
    if (before.replicaStart[p] !== now.replicaStart[p]) return false;
  for (let r = 0; r < now.replicas.length; r++) if (before.replicas[r] !== now.replicas[r]) return false;
  return true;
}

/** The row of a topic by its name, or -1. Names are sorted by UTF-16 code units. */
export function topicRow(metadata: MetadataColumns, name: string): number {
  let low = 0;
  let high = metadata.names.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = metadata.names[middle]!;
    if (at === name) return middle;
    if (at < name) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The topic row that owns a partition row. */
export function topicOfPartition(metadata: MetadataColumns, p: number): number {
  let low = 0;
  let high = metadata.names.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (metadata.partitionStart[middle]! <= p) low = middle;
    else high = middle - 1;
  }
  return low;
}
