import type { BrokerRow } from '#lib/model/broker.ts';
import { stateRank } from '#lib/model/state.ts';
import { brokerNumbers } from './broker-numbers.ts';
import { iso, numberOrNull } from './missing-parts.ts';
import type { SampledSnapshot } from './read-snapshot.ts';

/** Every broker that answers or is known to be away, with what it leads and holds. */
export function viewBrokers(
  snapshot: SampledSnapshot,
  recentOf: (broker: number) => (number | null)[],
): BrokerRow[] {
  const numbers = brokerNumbers(snapshot);
  const leadersTotal = [...numbers.values()].reduce((sum, broker) => sum + broker.leaders, 0);
  const alive = snapshot.metadata.value.brokers;
  const fairShare = alive.length > 0 ? leadersTotal / alive.length : 0;
  const controller = snapshot.quorum.value?.leaderId ?? snapshot.metadata.value.controllerId;
  const unanswered = new Map(snapshot.sizes.failures.map((failure) => [failure.broker, failure.sentence]));
  const volumes = volumesOf(snapshot);
  const rows: BrokerRow[] = alive.map((broker) => ({
    id: broker.id,
    host: broker.host,
    port: broker.port,
    rack: broker.rack,
    state: unanswered.has(broker.id) ? ('warning' as const) : ('ok' as const),
    stateWords: unanswered.has(broker.id) ? 'Slow to answer' : 'Up',
    since: null,
    isController: broker.id === controller,
    ...shared(broker.id),
    bytesInPerSecond: numberOrNull(numbers.get(broker.id)?.bytesIn ?? Number.NaN),
    recordsInPerSecond: numberOrNull(numbers.get(broker.id)?.recordsIn ?? Number.NaN),
  }));
  for (const [id, broker] of snapshot.brokersDown) {
    rows.push({
      id,
      host: broker.host,
      port: broker.port,
      rack: broker.rack,
      state: 'critical',
      stateWords: 'Not answering',
      since: iso(broker.since),
      isController: false,
      ...shared(id),
      leaderSkew: null,
      bytesInPerSecond: null,
      recordsInPerSecond: null,
    });
  }
  return rows.sort((a, b) => a.id - b.id);

  function shared(id: number) {
    const own = numbers.get(id);
    const volume = volumes.get(id);
    return {
      leaders: own?.leaders ?? 0,
      replicas: own?.replicas ?? 0,
      replicasInSync: own?.inSync ?? 0,
      leaderSkew: fairShare > 0 ? (own?.leaders ?? 0) / fairShare - 1 : null,
      sizeBytes: numberOrNull(own?.sizeBytes ?? Number.NaN),
      volumeTotalBytes: volume?.total ?? null,
      volumeFreeBytes: volume?.free ?? null,
      recent: recentOf(id),
    };
  }
}

/** The fullest volume of each broker that told its log dirs: a broker stops at the first volume that is full. */
function volumesOf(snapshot: SampledSnapshot): Map<number, { total: number | null; free: number | null }> {
  const volumes = new Map<number, { total: number | null; free: number | null }>();
  for (const dir of snapshot.sizes.value?.logDirs ?? []) {
    const volume = { total: dir.totalBytes, free: dir.freeBytes };
    const known = volumes.get(dir.broker);
    if (!known || freeShare(volume) < freeShare(known)) volumes.set(dir.broker, volume);
  }
  return volumes;
}

const freeShare = ({ total, free }: { total: number | null; free: number | null }): number =>
  total && free !== null ? free / total : Number.POSITIVE_INFINITY;

/** Brokers in the order a list asks for. */
export function sortBrokers(rows: BrokerRow[], sort: string): BrokerRow[] {
  const isDescending = sort.startsWith('-');
  const sign = isDescending ? -1 : 1;
  const column = isDescending ? sort.slice(1) : sort;
  const value = (row: BrokerRow): number | string => {
    if (column === 'rack') return row.rack ?? '';
    if (column === 'leaders') return row.leaders;
    if (column === 'replicas') return row.replicas;
    if (column === 'skew') return row.leaderSkew ?? Number.NEGATIVE_INFINITY;
    if (column === 'size') return row.sizeBytes ?? -1;
    if (column === 'trouble') return stateRank(row.state);
    return row.id;
  };
  return rows.sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    return sign * (left < right ? -1 : left > right ? 1 : 0) || a.id - b.id;
  });
}
