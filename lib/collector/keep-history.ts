import { appendSample } from '#lib/gateways/database/series.ts';
import { log } from '#lib/log.ts';
import type { ClusterCollector } from './cluster-collector.ts';
import type { Snapshot } from './snapshot.ts';
import type { SamplePoint } from './ticks.ts';

export type { SamplePoint } from './ticks.ts';

/** Where a cluster's small lines are kept. */
export type HistoryKeeper = Pick<
  ClusterCollector,
  'topicRing' | 'groupRing' | 'brokerRing' | 'clusterRing' | 'keptEndsAt'
>;

/**
 * Keeps a sample: in memory for the small lines of the last hour, in the store for the charts. A sample is
 * kept when offsets were read anew, so that a rate is never written twice. Losing the database loses history,
 * not the live picture. Never throws.
 */
export async function keepHistory(collector: HistoryKeeper, snapshot: Snapshot): Promise<void> {
  if (!snapshot.metadata.value || snapshot.metadata.problem || snapshot.ends.at === null) return;
  if (snapshot.ends.at === collector.keptEndsAt) return;
  collector.keptEndsAt = snapshot.ends.at;
  const points = pointsOf(snapshot);
  for (const { kind, name, value } of points) {
    if (kind === 'topic.records-in') collector.topicRing.add(name, value, snapshot.ends.at);
    else if (kind === 'group.lag') collector.groupRing.add(name, value, snapshot.ends.at);
    else if (kind === 'broker.bytes-in') collector.brokerRing.add(name, value, snapshot.ends.at);
    else if (kind === 'cluster.records-in') collector.clusterRing.add('', value, snapshot.ends.at);
  }
  collector.topicRing.keep(new Set(snapshot.metadata.value.names));
  // Groups of tools come and go by the thousand; brokers that did not answer keep what is known of theirs.
  const { value: groups, problem, failures } = snapshot.groups;
  if (groups && !problem && failures.length === 0)
    collector.groupRing.keep(new Set(groups.map((group) => group.groupId)));
  try {
    await appendSample(snapshot.clusterId, snapshot.ends.at, points);
  } catch (error) {
    log.warn('history.not-kept', { cluster: snapshot.clusterId, error });
  }
}

/** Every number of a sample that has a history. */
export function pointsOf(snapshot: Snapshot): SamplePoint[] {
  const metadata = snapshot.metadata.value!;
  const topics = snapshot.topics!;
  const known = (value: number | null | undefined): number => value ?? Number.NaN;
  const points: SamplePoint[] = [
    { kind: 'cluster.records-in', name: '', value: known(snapshot.rates.recordsIn) },
    { kind: 'cluster.bytes-in', name: '', value: known(snapshot.rates.bytesIn) },
    { kind: 'cluster.records-out', name: '', value: known(snapshot.rates.recordsOut) },
    { kind: 'cluster.bytes-out', name: '', value: known(snapshot.rates.bytesOut) },
    { kind: 'cluster.offline', name: '', value: known(snapshot.health?.offline) },
    { kind: 'cluster.under-min-isr', name: '', value: known(snapshot.health?.underMinIsr) },
    { kind: 'cluster.under-replicated', name: '', value: known(snapshot.health?.underReplicated) },
    { kind: 'cluster.brokers-up', name: '', value: metadata.brokers.length },
  ];
  for (let t = 0; t < metadata.names.length; t++) {
    const name = metadata.names[t]!;
    points.push({ kind: 'topic.records-in', name, value: topics.recordsPerSecond[t]! });
    points.push({ kind: 'topic.bytes-in', name, value: topics.bytesPerSecond[t]! });
    points.push({ kind: 'topic.size', name, value: topics.sizeBytes[t]! });
  }
  for (const [broker, numbers] of brokerNumbers(snapshot)) {
    points.push({ kind: 'broker.bytes-in', name: String(broker), value: numbers.bytesIn });
    points.push({ kind: 'broker.leaders', name: String(broker), value: numbers.leaders });
    points.push({ kind: 'broker.size', name: String(broker), value: numbers.sizeBytes });
  }
  for (const [groupId, offsets] of snapshot.groupOffsets.value ?? []) {
    points.push({
      kind: 'group.lag',
      name: groupId,
      value: offsets.lagTotal === null ? Number.NaN : Number(offsets.lagTotal),
    });
  }
  return points;
}

export type BrokerNumbers = {
  leaders: number;
  replicas: number;
  inSync: number;
  bytesIn: number;
  recordsIn: number;
  sizeBytes: number;
};

/**
 * What each broker leads and holds, in one pass. A topic's traffic is shared evenly among its partitions' leaders.
 * Traffic is NaN while no rate is known, and size for a broker that has not told its log dirs: unknown is not zero.
 */
export function brokerNumbers(snapshot: Snapshot): Map<number, BrokerNumbers> {
  const metadata = snapshot.metadata.value!;
  const topics = snapshot.topics!;
  const sizes = snapshot.sizes.value;
  const tellsSizes = new Set(sizes?.logDirs.map((dir) => dir.broker));
  const none = (isKnown: boolean): number => (isKnown ? 0 : Number.NaN);
  const numbers = new Map<number, BrokerNumbers>();
  const of = (broker: number): BrokerNumbers => {
    let entry = numbers.get(broker);
    if (!entry) {
      entry = {
        leaders: 0,
        replicas: 0,
        inSync: 0,
        bytesIn: none(snapshot.rates.bytesIn !== null),
        recordsIn: none(snapshot.rates.recordsIn !== null),
        sizeBytes: none(tellsSizes.has(broker)),
      };
      numbers.set(broker, entry);
    }
    return entry;
  };
  for (const broker of metadata.brokers) of(broker.id);
  for (let t = 0; t < metadata.names.length; t++) {
    const from = metadata.partitionStart[t]!;
    const to = metadata.partitionStart[t + 1]!;
    const share = 1 / Math.max(1, to - from);
    const bytes = (topics.bytesPerSecond[t]! || 0) * share;
    const records = (topics.recordsPerSecond[t]! || 0) * share;
    for (let p = from; p < to; p++) {
      if (metadata.leader[p]! >= 0) {
        const leader = of(metadata.leader[p]!);
        leader.leaders++;
        leader.bytesIn += bytes;
        leader.recordsIn += records;
      }
      for (let r = metadata.replicaStart[p]!; r < metadata.replicaStart[p + 1]!; r++) {
        const holder = of(metadata.replicas[r]!);
        holder.replicas++;
        const size = sizes?.sizeBytes[r] ?? Number.NaN;
        if (!Number.isNaN(size)) holder.sizeBytes += size;
      }
      for (let i = metadata.isrStart[p]!; i < metadata.isrStart[p + 1]!; i++) of(metadata.isr[i]!).inSync++;
    }
  }
  return numbers;
}
