import type { MetadataColumns, OffsetColumns, ReplicaSizeColumns } from '#lib/model/columns.ts';
import { topicOfPartition } from './reuse-names.ts';
import type { ClusterRates, GroupOffsets, Health, Part, TopicColumns } from './snapshot.ts';

/** What an earlier sample knew, for rates. */
export type Earlier = {
  metadata: MetadataColumns;
  ends: OffsetColumns;
  endsAt: number;
};

/**
 * Rolls partitions up to topics in one pass.
 *
 * A partition is offline without a leader; under min ISR when fewer replicas are in sync than its topic
 * demands, so that writes with acks=all are refused; under-replicated when fewer are in sync than assigned.
 * Offline is not counted again under the others: one partition is told once, by its worst. An under-replicated
 * partition is unexplained when a replica that is not in sync lives on a broker that answers.
 */
export function rollUpTopics(
  metadata: MetadataColumns,
  minIsrOf: ReadonlyMap<string, number> | null,
  isDown: (broker: number) => boolean = () => false,
): { topics: TopicColumns; health: Health } {
  const count = metadata.names.length;
  const topics = emptyTopics(count);
  const health: Health = { offline: 0, underMinIsr: 0, underReplicated: 0, unexplained: 0 };
  for (let t = 0; t < count; t++) {
    const from = metadata.partitionStart[t]!;
    const to = metadata.partitionStart[t + 1]!;
    const minIsr = minIsrOf?.get(metadata.names[t]!) ?? 1;
    let offline = 0;
    let underMin = 0;
    let underReplicated = 0;
    let unexplained = 0;
    let factor = 0;
    for (let p = from; p < to; p++) {
      const replicas = metadata.replicaStart[p + 1]! - metadata.replicaStart[p]!;
      const isr = metadata.isrStart[p + 1]! - metadata.isrStart[p]!;
      if (replicas > factor) factor = replicas;
      if (metadata.leader[p]! < 0) offline++;
      else if (isr < Math.min(minIsr, replicas)) underMin++;
      else if (isr < replicas) {
        underReplicated++;
        if (!isExplained(metadata, p, isDown)) unexplained++;
      }
    }
    topics.partitions[t] = to - from;
    topics.replicationFactor[t] = factor;
    topics.offline[t] = offline;
    topics.underMinIsr[t] = underMin;
    topics.underReplicated[t] = underReplicated;
    topics.unexplained[t] = unexplained;
    health.unexplained += unexplained;
    health.offline += offline;
    health.underMinIsr += underMin;
    health.underReplicated += underReplicated;
  }
  return { topics, health };
}

/** Whether every replica of the partition that is not in sync lives on a broker that is down. */
export function isExplained(
  metadata: MetadataColumns,
  p: number,
  isDown: (broker: number) => boolean,
): boolean {
  for (let r = metadata.replicaStart[p]!; r < metadata.replicaStart[p + 1]!; r++) {
    const broker = metadata.replicas[r]!;
    if (!isDown(broker) && !isInSync(metadata, p, broker)) return false;
  }
  return true;
}

/** Whether a broker's replica of the partition is in sync. */
export function isInSync(metadata: MetadataColumns, p: number, broker: number): boolean {
  for (let i = metadata.isrStart[p]!; i < metadata.isrStart[p + 1]!; i++)
    if (metadata.isr[i] === broker) return true;
  return false;
}

const emptyTopics = (count: number): TopicColumns => ({
  partitions: new Int32Array(count),
  replicationFactor: new Int16Array(count),
  offline: new Int32Array(count),
  underMinIsr: new Int32Array(count),
  underReplicated: new Int32Array(count),
  unexplained: new Int32Array(count),
  recordsPerSecond: new Float64Array(count).fill(Number.NaN),
  bytesPerSecond: new Float64Array(count).fill(Number.NaN),
  sizeBytes: new Float64Array(count).fill(Number.NaN),
});

/**
 * Records per second of each topic from the growth of its end offsets since an earlier sample. A topic is
 * unknown (NaN) when it was not there before, was recreated, or when no partition could be compared.
 */
export function addRecordRates(
  topics: TopicColumns,
  metadata: MetadataColumns,
  ends: OffsetColumns,
  endsAt: number,
  earlier: Earlier | null,
): void {
  if (!earlier || endsAt <= earlier.endsAt) return;
  const seconds = (endsAt - earlier.endsAt) / 1000;
  const same = earlier.metadata.names === metadata.names ? null : rowsByName(earlier.metadata);
  for (let t = 0; t < metadata.names.length; t++) {
    const before = same ? same.get(metadata.names[t]!) : t;
    if (before === undefined || earlier.metadata.topicIds[before] !== metadata.topicIds[t]) continue;
    const grown = growth(metadata, ends, t, earlier, before);
    if (grown !== null) topics.recordsPerSecond[t] = grown / seconds;
  }
}

function growth(
  metadata: MetadataColumns,
  ends: OffsetColumns,
  t: number,
  earlier: Earlier,
  before: number,
): number | null {
  const from = metadata.partitionStart[t]!;
  const to = metadata.partitionStart[t + 1]!;
  const fromBefore = earlier.metadata.partitionStart[before]!;
  const toBefore = earlier.metadata.partitionStart[before + 1]!;
  let sum = 0;
  let compared = 0;
  for (let p = from, b = fromBefore; p < to; p++) {
    while (b < toBefore && earlier.metadata.partition[b]! < metadata.partition[p]!) b++;
    if (b >= toBefore || earlier.metadata.partition[b] !== metadata.partition[p]) continue;
    const now = ends.offsets[p]!;
    const then = earlier.ends.offsets[b]!;
    if (now < 0n || then < 0n) continue;
    compared++;
    if (now > then) sum += Number(now - then);
  }
  return compared === 0 ? null : sum;
}

const rowsByName = (metadata: MetadataColumns): Map<string, number> =>
  new Map(metadata.names.map((name, row) => [name, row]));

/** Size of each topic: the leaders' replicas, or the largest replica that answered where the leader's is not known. */
export function addSizes(topics: TopicColumns, metadata: MetadataColumns, sizes: ReplicaSizeColumns): void {
  for (let t = 0; t < metadata.names.length; t++) {
    let sum = 0;
    let known = 0;
    for (let p = metadata.partitionStart[t]!; p < metadata.partitionStart[t + 1]!; p++) {
      const size = partitionSize(metadata, sizes, p);
      if (size === null) continue;
      sum += size;
      known++;
    }
    if (known > 0) topics.sizeBytes[t] = sum;
  }
}

/** Bytes of a partition's log: the leader's replica when it answered, else the largest that did; null when none did. */
export function partitionSize(
  metadata: MetadataColumns,
  sizes: ReplicaSizeColumns,
  p: number,
): number | null {
  let largest = -1;
  for (let r = metadata.replicaStart[p]!; r < metadata.replicaStart[p + 1]!; r++) {
    const size = sizes.sizeBytes[r]!;
    if (Number.isNaN(size)) continue;
    if (metadata.replicas[r] === metadata.leader[p]) return size;
    if (size > largest) largest = size;
  }
  return largest < 0 ? null : largest;
}

/**
 * Bytes per second of each topic: its records per second times its mean bytes per record on disk. The mean
 * is taken over what the log holds, so it lags behind a change of record size; log-dir growth itself is not
 * used, because deletion of segments would read as negative traffic.
 */
export function addByteRates(
  topics: TopicColumns,
  metadata: MetadataColumns,
  ends: OffsetColumns,
  starts: OffsetColumns,
): void {
  for (let t = 0; t < metadata.names.length; t++) {
    const rate = topics.recordsPerSecond[t]!;
    const size = topics.sizeBytes[t]!;
    if (Number.isNaN(rate) || Number.isNaN(size)) continue;
    if (rate === 0) {
      topics.bytesPerSecond[t] = 0;
      continue;
    }
    let records = 0;
    for (let p = metadata.partitionStart[t]!; p < metadata.partitionStart[t + 1]!; p++) {
      const end = ends.offsets[p]!;
      const start = starts.offsets[p]!;
      if (end >= 0n && start >= 0n) records += Number(end - start);
    }
    if (records > 0) topics.bytesPerSecond[t] = rate * (size / records);
  }
}

/** Sum of a column; null when nothing in it is known. */
export function sumKnown(column: Float64Array): number | null {
  let sum = 0;
  let known = 0;
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return known === 0 ? null : sum;
}

/**
 * Lag of a group: end offset minus committed offset per partition, never below zero. A partition without a
 * committed offset has no lag; one whose end is not known counts as unknown.
 */
export function groupLag(
  rows: Int32Array,
  committed: BigInt64Array,
  ends: OffsetColumns | null,
  topics: number,
): GroupOffsets {
  const lag = new BigInt64Array(rows.length).fill(-1n);
  let lagTotal: bigint | null = null;
  let unknown = 0;
  let worstRow = -1;
  let worstLag = -1n;
  for (let i = 0; i < rows.length; i++) {
    if (committed[i]! < 0n) continue;
    const end = rows[i]! < 0 ? -1n : (ends?.offsets[rows[i]!] ?? -1n);
    if (end < 0n) {
      unknown++;
      continue;
    }
    const behind = end > committed[i]! ? end - committed[i]! : 0n;
    lag[i] = behind;
    lagTotal = (lagTotal ?? 0n) + behind;
    if (behind > worstLag) {
      worstLag = behind;
      worstRow = rows[i]!;
    }
  }
  return { topics, rows, committed, lag, lagTotal, unknown, worstRow, worstLag };
}

/**
 * What all groups together moved on between two readings of committed offsets, per second. Bytes come from the
 * mean size of a record of each topic. Both are null when nothing can be compared.
 */
export function consumption(
  metadata: MetadataColumns,
  topics: TopicColumns,
  now: Part<Map<string, GroupOffsets>>,
  before: Part<Map<string, GroupOffsets>> | null,
): { records: number | null; bytes: number | null } {
  if (!now.value || !before?.value || now.at === null || before.at === null || now.at <= before.at)
    return { records: null, bytes: null };
  const moved = new Float64Array(metadata.names.length);
  let compared = 0;
  for (const [groupId, offsets] of now.value) {
    const earlier = before.value.get(groupId);
    if (!earlier || earlier.rows.length !== offsets.rows.length) continue;
    for (let i = 0; i < offsets.rows.length; i++) {
      const row = offsets.rows[i]!;
      if (earlier.rows[i] !== row) break;
      const from = earlier.committed[i]!;
      const to = offsets.committed[i]!;
      if (from < 0n || to < 0n || row < 0) continue;
      compared++;
      if (to > from) {
        const topic = topicOfPartition(metadata, row);
        moved[topic] = moved[topic]! + Number(to - from);
      }
    }
  }
  if (compared === 0) return { records: null, bytes: null };
  const seconds = (now.at - before.at) / 1000;
  let records = 0;
  let bytes = 0;
  for (let t = 0; t < moved.length; t++) {
    if (moved[t] === 0) continue;
    records += moved[t]!;
    const rate = topics.recordsPerSecond[t]!;
    const mean = rate > 0 ? topics.bytesPerSecond[t]! / rate : Number.NaN;
    if (!Number.isNaN(mean)) bytes += moved[t]! * mean;
  }
  return { records: records / seconds, bytes: bytes / seconds };
}

/** Totals of a cluster from its topics and from what its groups read. */
export const clusterRates = (
  topics: TopicColumns,
  out: { records: number | null; bytes: number | null },
): ClusterRates => ({
  recordsIn: sumKnown(topics.recordsPerSecond),
  bytesIn: sumKnown(topics.bytesPerSecond),
  recordsOut: out.records,
  bytesOut: out.bytes,
});
