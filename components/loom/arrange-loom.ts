/** What a broker holds of a partition. */
export type Place = 'leader' | 'follower' | 'out' | 'none';

export type LoomPartition = {
  partition: number;
  leader: number | null;
  replicas: readonly { broker: number; isInSync: boolean }[];
  isTroubled: boolean;
};

export type LoomBroker = {
  id: number;
  rack: string | null;
  state: 'ok' | 'warning' | 'critical' | 'unknown';
  stateWords: string;
};

export type LoomArrangement = {
  partitions: LoomPartition[];
  /** How many are not drawn. */
  leftOut: number;
  brokers: (LoomBroker & { places: Place[]; leaders: number; inSync: number; held: number })[];
};

/** What a broker holds of a partition. A leader that is not in sync is none: its partition is offline. */
export function placeOf(partition: LoomPartition, broker: number): Place {
  const replica = partition.replicas.find((each) => each.broker === broker);
  if (!replica) return 'none';
  if (!replica.isInSync) return 'out';
  return partition.leader === broker ? 'leader' : 'follower';
}

/**
 * Lays the loom: partitions across in their order, brokers down by rack. Above `max` partitions the troubled stand first and the rest is counted.
 */
export function arrangeLoom(
  partitions: readonly LoomPartition[],
  brokers: readonly LoomBroker[],
  max = 96,
): LoomArrangement {
  const byNumber = [...partitions].sort((a, b) => a.partition - b.partition);
  const shown =
    byNumber.length <= max
      ? byNumber
      : [...byNumber]
          .sort((a, b) => Number(b.isTroubled) - Number(a.isTroubled) || a.partition - b.partition)
          .slice(0, max);
  const byRack = [...brokers].sort(
    (a, b) => (a.rack ?? '\uffff').localeCompare(b.rack ?? '\uffff') || a.id - b.id,
  );
  return {
    partitions: shown,
    leftOut: byNumber.length - shown.length,
    brokers: byRack.map((broker) => {
      const all = byNumber.map((partition) => placeOf(partition, broker.id));
      return {
        ...broker,
        places: shown.map((partition) => placeOf(partition, broker.id)),
        leaders: all.filter((place) => place === 'leader').length,
        inSync: all.filter((place) => place === 'leader' || place === 'follower').length,
        held: all.filter((place) => place !== 'none').length,
      };
    }),
  };
}
