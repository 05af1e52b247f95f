import type { Snapshot } from './snapshot.ts';

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
