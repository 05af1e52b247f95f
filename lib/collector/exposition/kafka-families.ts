import type { OffsetColumns } from '#lib/model/columns.ts';
import { topicOfPartition } from '../reuse-names.ts';
import type { GroupOffsets, SampledSnapshot } from '../snapshot.ts';
import { newestPoints } from '../ticks.ts';
import type { Family, Sample } from './exposition.ts';

/** A cluster whose picture is known. */
export type ExposedCluster = { id: string; snapshot: SampledSnapshot };

/**
 * The state of clusters under the names that kafka_exporter made known (danielqsj/kafka_exporter), so that dashboards made
 * for it work; the label `cluster` is added. What could not be read now is left out rather than told as it was.
 */
export function kafkaFamilies(clusters: readonly ExposedCluster[]): Family[] {
  const gauge = (name: string, help: string, samples: (one: ExposedCluster) => Iterable<Sample>): Family => ({
    ...{ name, type: 'gauge', help },
    *samples() {
      for (const one of clusters) if (one.snapshot.metadata.problem === null) yield* samples(one);
    },
  });
  const perPartition = (value: (snapshot: SampledSnapshot, p: number) => number) => (one: ExposedCluster) =>
    partitionSamples(one, value);
  return [
    gauge('kafka_brokers', 'Number of brokers that answer.', ({ id, snapshot }) => [
      { labels: { cluster: id }, value: snapshot.metadata.value.brokers.length },
    ]),
    {
      ...gauge('kafka_broker_info', 'Address of a broker.', ({ id: cluster, snapshot }) =>
        snapshot.metadata.value.brokers.map(({ id, host, port }) => ({
          labels: { cluster, id, address: `${host}:${port}` },
          value: 1,
        })),
      ),
      type: 'info',
    },
    gauge('kafka_topic_partitions', 'Number of partitions of a topic.', topicSamples),
    gauge(
      'kafka_topic_partition_current_offset',
      'End offset of a partition.',
      perPartition((snapshot, p) => (snapshot.ends.problem ? Number.NaN : offsetAt(snapshot.ends.value, p))),
    ),
    gauge(
      'kafka_topic_partition_oldest_offset',
      'Oldest offset of a partition.',
      perPartition((snapshot, p) => offsetAt(snapshot.starts.value, p)),
    ),
    gauge(
      'kafka_topic_partition_leader',
      'Broker that leads a partition, -1 while it has none.',
      perPartition(({ metadata }, p) => metadata.value.leader[p]!),
    ),
    gauge(
      'kafka_topic_partition_leader_is_preferred',
      '1 when a partition is led by its preferred broker.',
      perPartition(({ metadata: { value } }, p) =>
        value.leader[p] === value.replicas[value.replicaStart[p]!] ? 1 : 0,
      ),
    ),
    gauge(
      'kafka_topic_partition_replicas',
      'Number of replicas of a partition.',
      perPartition(({ metadata: { value } }, p) => value.replicaStart[p + 1]! - value.replicaStart[p]!),
    ),
    gauge(
      'kafka_topic_partition_in_sync_replica',
      'Number of replicas of a partition that are in sync.',
      perPartition(({ metadata: { value } }, p) => value.isrStart[p + 1]! - value.isrStart[p]!),
    ),
    gauge(
      'kafka_topic_partition_under_replicated_partition',
      '1 when fewer replicas of a partition are in sync than there are.',
      perPartition(({ metadata: { value } }, p) =>
        value.isrStart[p + 1]! - value.isrStart[p]! < value.replicaStart[p + 1]! - value.replicaStart[p]!
          ? 1
          : 0,
      ),
    ),
    gauge('kafka_consumergroup_members', 'Members of a group.', ({ id: cluster }) =>
      newestPoints(cluster, 'group.members').map(({ name, value }) => ({
        labels: { cluster, consumergroup: name },
        value,
      })),
    ),
    gauge('kafka_consumergroup_current_offset', 'Committed offset of a group on a partition.', (one) =>
      groupSamples(one, (group, i) => Number(group.committed[i]!)),
    ),
    gauge('kafka_consumergroup_lag', 'Records between the committed offset of a group and the end.', (one) =>
      groupSamples(one, (group, i) => (group.lag[i]! < 0n ? Number.NaN : Number(group.lag[i]!))),
    ),
    gauge(
      'kafka_consumergroup_current_offset_sum',
      'Committed offsets of a group on a topic, added up.',
      (one) => groupSums(one, (group, i) => group.committed[i]!),
    ),
    gauge('kafka_consumergroup_lag_sum', 'Lag of a group on a topic, added up.', (one) =>
      groupSums(one, (group, i) => group.lag[i]!),
    ),
  ];
}

const offsetAt = (columns: OffsetColumns | null, p: number): number =>
  columns === null || columns.offsets[p]! < 0n ? Number.NaN : Number(columns.offsets[p]!);

function* topicSamples({ id: cluster, snapshot }: ExposedCluster): Iterable<Sample> {
  const { names, partitionStart } = snapshot.metadata.value;
  for (let t = 0; t < names.length; t++)
    yield { labels: { cluster, topic: names[t]! }, value: partitionStart[t + 1]! - partitionStart[t]! };
}

function* partitionSamples(
  { id: cluster, snapshot }: ExposedCluster,
  value: (snapshot: SampledSnapshot, p: number) => number,
): Iterable<Sample> {
  const { names, partitionStart, partition } = snapshot.metadata.value;
  for (let t = 0; t < names.length; t++)
    for (let p = partitionStart[t]!; p < partitionStart[t + 1]!; p++)
      yield { labels: { cluster, topic: names[t]!, partition: partition[p]! }, value: value(snapshot, p) };
}

/** Groups are told as long as both their offsets and the ends are as new as the picture. */
function freshGroups({ snapshot }: ExposedCluster): Iterable<[string, GroupOffsets]> {
  const isFresh = snapshot.groupOffsets.problem === null && snapshot.ends.problem === null;
  return isFresh ? (snapshot.groupOffsets.value ?? []) : [];
}

function* groupSamples(
  one: ExposedCluster,
  value: (group: GroupOffsets, i: number) => number,
): Iterable<Sample> {
  const metadata = one.snapshot.metadata.value;
  for (const [consumergroup, group] of freshGroups(one)) {
    for (let i = 0; i < group.rows.length; i++) {
      const row = group.rows[i]!;
      if (row < 0 || group.committed[i]! < 0n) continue;
      const topic = metadata.names[topicOfPartition(metadata, row)]!;
      const labels = { cluster: one.id, consumergroup, topic, partition: metadata.partition[row]! };
      yield { labels, value: value(group, i) };
    }
  }
}

function* groupSums(
  one: ExposedCluster,
  value: (group: GroupOffsets, i: number) => bigint,
): Iterable<Sample> {
  const metadata = one.snapshot.metadata.value;
  for (const [consumergroup, group] of freshGroups(one)) {
    const sums = new Map<number, bigint>();
    for (let i = 0; i < group.rows.length; i++) {
      const row = group.rows[i]!;
      if (row < 0 || value(group, i) < 0n) continue;
      const topic = topicOfPartition(metadata, row);
      sums.set(topic, (sums.get(topic) ?? 0n) + value(group, i));
    }
    for (const [topic, sum] of sums)
      yield { labels: { cluster: one.id, consumergroup, topic: metadata.names[topic]! }, value: Number(sum) };
  }
}
