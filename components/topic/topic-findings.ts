import { formatCountOf } from '#lib/format.ts';
import type { PartitionRow, TopicDetail } from '#lib/model/topic.ts';

/** One thing that is wrong with a topic, in a sentence, and what would end it. */
export type TopicFinding = {
  id: 'offline' | 'refusing' | 'thin' | 'explained';
  severity: 'critical' | 'warning' | 'explained';
  title: string;
  detail: string;
  /** A broker that is the cause, when there is exactly one. */
  broker: number | null;
};

const mostNamed = 6;

/** `Partition 2`, `Partitions 2, 8 and 14`, `Partitions 0, 1, 2, 3, 4, 5 and 18 more`, `All 24 partitions`. */
export function namePartitions(partitions: readonly number[], outOf = 0): string {
  if (partitions.length > 2 && partitions.length === outOf) return `All ${outOf} partitions`;
  if (partitions.length === 1) return `Partition ${partitions[0]}`;
  const named = partitions.slice(0, partitions.length > mostNamed + 1 ? mostNamed : partitions.length);
  const rest = partitions.length - named.length;
  if (rest > 0) return `Partitions ${named.join(', ')} and ${rest} more`;
  return `Partitions ${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

const listed = (brokers: readonly number[]): string =>
  brokers.length < 2 ? brokers.join('') : `${brokers.slice(0, -1).join(', ')} and ${brokers.at(-1)}`;

const numbers = (rows: readonly PartitionRow[]): number[] => rows.map((row) => row.partition);

/** Brokers that hold a missing replica of these partitions, ascending. */
const missingOf = (rows: readonly PartitionRow[]): number[] =>
  [...new Set(rows.flatMap((row) => row.outOfSync))].sort((a, b) => a - b);

/**
 * What is wrong with a topic, worst first: lost, refused, at risk, and last what a broker that is down explains. A
 * cause is claimed only where a broker is known to be down.
 */
export function topicFindings(topic: TopicDetail): TopicFinding[] {
  const down = new Set(
    topic.brokers.filter((broker) => broker.state === 'critical').map((broker) => broker.id),
  );
  const of = (words: string) => topic.partitions.filter((row) => row.stateWords === words);
  const one = (brokers: number[]) => (brokers.length === 1 ? (brokers[0] ?? null) : null);
  const causes = (rows: PartitionRow[]) => missingOf(rows).filter((broker) => down.has(broker));
  const back = (brokers: number[]) =>
    brokers.length === 0
      ? ''
      : ` Bringing back ${brokers.length === 1 ? 'broker' : 'brokers'} ${listed(brokers)} ends it.`;
  const findings: TopicFinding[] = [];
  const all = topic.partitions.length;

  const offline = of('Offline');
  if (offline.length > 0)
    findings.push({
      id: 'offline',
      severity: 'critical',
      title: `${namePartitions(numbers(offline), all)} ${offline.length === 1 ? 'is' : 'are'} offline.`,
      detail: `Without a leader nothing can be written or read.${back(causes(offline))}`,
      broker: one(causes(offline)),
    });

  const refusing = of('Refuses writes');
  if (refusing.length > 0) {
    const inSync = Math.min(
      ...refusing.map((row) => row.replicas.filter((replica) => replica.isInSync).length),
    );
    findings.push({
      id: 'refusing',
      severity: 'critical',
      title: `${namePartitions(numbers(refusing), all)} ${refusing.length === 1 ? 'refuses' : 'refuse'} writes with acks=all.`,
      detail: `${formatCountOf(inSync, 'replica is', 'replicas are')} in sync and min.insync.replicas is ${topic.minInSyncReplicas ?? 'higher'}.${back(causes(refusing))}`,
      broker: one(causes(refusing)),
    });
  }

  const thin = of('Under-replicated').filter((row) => row.state === 'warning');
  if (thin.length > 0)
    findings.push({
      id: 'thin',
      severity: 'warning',
      title: `${namePartitions(numbers(thin), all)} ${thin.length === 1 ? 'is' : 'are'} under-replicated.`,
      detail: `${missingOf(thin).length === 1 ? 'The replica' : 'Replicas'} on broker ${listed(missingOf(thin))} ${missingOf(thin).length === 1 ? 'is' : 'are'} not in sync, although every broker answers.`,
      broker: one(missingOf(thin)),
    });

  const explained = of('Under-replicated').filter((row) => row.state === 'explained');
  if (explained.length > 0) {
    const brokers = causes(explained);
    findings.push({
      id: 'explained',
      severity: 'explained',
      title: `${brokers.length === 1 ? 'Broker' : 'Brokers'} ${listed(brokers)} ${brokers.length === 1 ? 'does' : 'do'} not answer, so ${formatCountOf(explained.length, 'partition is', 'partitions are')} under-replicated.`,
      detail: 'They still take writes.',
      broker: one(brokers),
    });
  }
  return findings;
}

/** Partitions that another than their preferred replica leads. */
export const movedLeaders = (topic: TopicDetail): PartitionRow[] =>
  topic.partitions.filter((row) => row.leader !== null && row.leader !== row.preferredLeader);

/** Of these, the ones whose preferred replica is in sync, so that an election gives it the lead. */
export const electable = (topic: TopicDetail): PartitionRow[] =>
  movedLeaders(topic).filter((row) => row.replicas[0]?.isInSync === true);
