/** A partition of the canary's topic as metadata tells it; the first replica is the preferred leader. */
export type CanaryPartition = { partition: number; leader: number; replicas: readonly number[] };

export type CanaryPlan = {
  /** Which partition measures each broker that leads one. */
  places: Map<number, number>;
  /** Brokers that lead none though one of theirs is there: its leadership went elsewhere. */
  displaced: { broker: number; partition: number }[];
  /** Replicas of partitions that are missing, one for each broker that has none of its own. */
  missing: number[][];
};

const mostReplicas = 3;

/**
 * How each broker that is alive is measured: by a partition that it leads now, wherever an operator has moved it. A broker is asked to lead
 * only what prefers it.
 */
export function planCanary(partitions: readonly CanaryPartition[], alive: readonly number[]): CanaryPlan {
  const places = new Map<number, number>();
  for (const { partition, leader, replicas } of partitions) {
    if (!alive.includes(leader)) continue;
    // Its own before one that it leads in another's place.
    if (!places.has(leader) || replicas[0] === leader) places.set(leader, partition);
  }
  const displaced: CanaryPlan['displaced'] = [];
  const missing: number[][] = [];
  for (const broker of [...alive].sort((a, b) => a - b)) {
    if (places.has(broker)) continue;
    const own = partitions.find(({ replicas }) => replicas[0] === broker);
    if (own) displaced.push({ broker, partition: own.partition });
    else missing.push(replicasFrom(broker, alive));
  }
  return { places, displaced, missing };
}

/** Replicas of a partition that prefers a broker: it and the next in the order of ids. */
export function replicasFrom(broker: number, alive: readonly number[], count = mostReplicas): number[] {
  const ring = [...alive].sort((a, b) => a - b);
  const at = ring.indexOf(broker);
  return Array.from({ length: Math.min(count, ring.length) }, (_, i) => ring[(at + i) % ring.length]!);
}
