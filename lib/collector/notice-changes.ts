import type { MetadataColumns } from '#lib/model/columns.ts';
import type { DownBroker, SeenChange, Snapshot } from './snapshot.ts';

const kept = 100;

/** A broker that holds no replica any more was taken out of service, when it stays away for this long. */
const forgottenAfterMs = 3_600_000;

/**
 * Brokers that hold replicas or were seen before and are not among the living now, with since when. One that holds
 * nothing is forgotten after an hour.
 */
export function brokersDown(
  before: Snapshot,
  metadata: MetadataColumns,
  nowMs: number,
): Map<number, DownBroker> {
  const alive = new Set(metadata.brokers.map((broker) => broker.id));
  const missing = new Set<number>();
  for (const id of metadata.replicas) if (!alive.has(id)) missing.add(id);
  for (const broker of before.metadata.value?.brokers ?? [])
    if (!alive.has(broker.id)) missing.add(broker.id);
  for (const [id, { since }] of before.brokersDown)
    if (!alive.has(id) && since !== null && nowMs - since < forgottenAfterMs) missing.add(id);
  // A process that begins to look does not know for how long a broker has been away.
  const since = before.metadata.value === null ? null : nowMs;
  const down = new Map<number, DownBroker>();
  for (const id of missing) {
    const known = before.brokersDown.get(id);
    const last = before.metadata.value?.brokers.find((broker) => broker.id === id);
    down.set(
      id,
      known ?? { since, host: last?.host ?? null, port: last?.port ?? null, rack: last?.rack ?? null },
    );
  }
  return down;
}

/** What changed since the sample before, put before what was known; the first sample of a process changes nothing. */
export function noticeChanges(before: Snapshot, now: Snapshot): SeenChange[] {
  if (before.health === null || now.health === null) return before.changes;
  const at = now.sampledAt;
  const seen: SeenChange[] = [];
  for (const [id, broker] of now.brokersDown) {
    if (before.brokersDown.has(id)) continue;
    const where = broker.rack ? `Rack ${broker.rack}` : 'No rack known';
    seen.push({
      at,
      kind: 'broker.down',
      title: `Broker ${id} stopped answering`,
      detail: where,
      severity: 'critical',
      broker: id,
    });
  }
  const alive = new Set(now.metadata.value?.brokers.map((broker) => broker.id));
  for (const [id, broker] of before.brokersDown) {
    if (!alive.has(id)) continue;
    seen.push({
      at,
      kind: 'broker.up',
      title: `Broker ${id} answers again`,
      detail:
        broker.since === null
          ? 'It was away when Millrace started'
          : `It was away for ${seconds(at - broker.since)}`,
      severity: 'note',
      broker: id,
    });
  }
  const was = before.health;
  const is = now.health;
  if (is.offline > was.offline) {
    seen.push({
      at,
      kind: 'partitions.offline',
      title: `${count(is.offline, 'partition')} went offline`,
      detail: `${was.offline} before`,
      severity: 'critical',
      broker: null,
    });
  }
  if (is.underMinIsr > was.underMinIsr) {
    seen.push({
      at,
      kind: 'partitions.under-min-isr',
      title: `${count(is.underMinIsr, 'partition')} fell under min ISR`,
      detail: `${was.underMinIsr} before`,
      severity: 'critical',
      broker: null,
    });
  }
  const trouble = (health: typeof is) => health.offline + health.underMinIsr + health.underReplicated;
  if (trouble(is) === 0 && trouble(was) > 0) {
    seen.push({
      at,
      kind: 'partitions.recovered',
      title: 'All partitions are in sync again',
      detail: `${count(trouble(was), 'partition')} had replicas missing`,
      severity: 'note',
      broker: null,
    });
  }
  // With a quorum, metadata names any living broker as its controller (KIP-590): only ZooKeeper clusters mean it.
  const isWithoutQuorum = now.quorum.problem?.code === 'kafka.unsupported';
  const from = before.metadata.value?.controllerId ?? -1;
  const to = now.metadata.value?.controllerId ?? -1;
  if (before.quorum.value && now.quorum.value && before.quorum.value.leaderId !== now.quorum.value.leaderId) {
    seen.push({
      at,
      kind: 'controller.moved',
      title: `Controller moved to ${now.quorum.value.leaderId}`,
      detail: `It was ${before.quorum.value.leaderId}, epoch ${now.quorum.value.leaderEpoch}`,
      severity: 'note',
      broker: null,
    });
  } else if (isWithoutQuorum && from !== to && from >= 0 && to >= 0) {
    seen.push({
      at,
      kind: 'controller.moved',
      title: `Controller moved to ${to}`,
      detail: `It was ${from}`,
      severity: 'note',
      broker: to,
    });
  }
  return seen.length === 0 ? before.changes : [...seen, ...before.changes].slice(0, kept);
}

const count = (n: number, noun: string): string =>
  `${n.toLocaleString('en-GB')} ${noun}${n === 1 ? '' : 's'}`;
const seconds = (ms: number): string =>
  ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
