import type { Finding } from '#lib/model/overview.ts';
import { paths } from '#lib/paths.ts';
import { iso } from './missing-parts.ts';
import type { SampledSnapshot } from './read-snapshot.ts';
import type { DownBroker, Snapshot } from './snapshot.ts';
import { votersBehind } from './voters-behind.ts';

const many = (n: number): string => n.toLocaleString('en-US');
const count = (n: number, noun: string): string => `${many(n)} ${noun}${n === 1 ? '' : 's'}`;

/**
 * What is wrong with a cluster now, worst first: refused work, lost redundancy, then parts that could not be
 * read. One cause is told once: partitions thinned out by a broker that is down are told with the broker.
 */
export function findTrouble(snapshot: SampledSnapshot): Finding[] {
  const { clusterId, health } = snapshot;
  const partitions = snapshot.metadata.value.partition.length;
  const findings: Finding[] = [];
  if (health.offline > 0) {
    findings.push({
      id: 'partitions.offline',
      severity: 'critical',
      title: `${count(health.offline, 'partition')} ${health.offline === 1 ? 'is' : 'are'} offline`,
      detail: `No leader: nothing can be written or read. ${topicsWith(snapshot, snapshot.topics.offline)}`,
      since: sinceOf(snapshot, 'partitions.offline'),
      share: {
        part: health.offline,
        whole: partitions,
        words: `${many(health.offline)} of ${count(partitions, 'partition')}`,
      },
      href: paths.topics(clusterId, { show: 'critical' }),
      action: `Open ${count(topicCount(snapshot.topics.offline), 'topic')}`,
    });
  }
  if (health.underMinIsr > 0) {
    findings.push({
      id: 'partitions.under-min-isr',
      severity: 'critical',
      title: `${count(health.underMinIsr, 'partition')} ${health.underMinIsr === 1 ? 'refuses' : 'refuse'} writes with acks=all`,
      detail: `In-sync replicas are below min.insync.replicas. ${topicsWith(snapshot, snapshot.topics.underMinIsr)}`,
      since: sinceOf(snapshot, 'partitions.under-min-isr'),
      share: {
        part: health.underMinIsr,
        whole: partitions,
        words: `${many(health.underMinIsr)} of ${count(partitions, 'partition')}`,
      },
      href: paths.topics(clusterId, { show: 'critical' }),
      action: `Open ${count(topicCount(snapshot.topics.underMinIsr), 'topic')}`,
    });
  }
  for (const [id, broker] of [...snapshot.brokersDown].sort(([a], [b]) => a - b))
    findings.push(brokerDown(snapshot, id, broker));
  if (health.unexplained > 0) {
    findings.push({
      id: 'partitions.under-replicated',
      severity: 'warning',
      title: `${count(health.unexplained, 'partition')} ${health.unexplained === 1 ? 'is' : 'are'} under-replicated`,
      detail: `Replicas on brokers that answer are not in sync. ${topicsWith(snapshot, snapshot.topics.unexplained)}`,
      since: null,
      share: {
        part: health.unexplained,
        whole: partitions,
        words: `${many(health.unexplained)} of ${count(partitions, 'partition')}`,
      },
      href: paths.topics(clusterId, { show: 'under-replicated' }),
      action: `Open ${count(topicCount(snapshot.topics.unexplained), 'topic')}`,
    });
  }
  const behind = quorumBehind(snapshot);
  if (behind) findings.push(behind);
  findings.push(...silentBrokers(snapshot), ...unreadParts(snapshot));
  return findings.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function brokerDown(snapshot: SampledSnapshot, id: number, broker: DownBroker): Finding {
  const metadata = snapshot.metadata.value;
  let touched = 0;
  for (let p = 0; p < metadata.partition.length; p++) {
    for (let r = metadata.replicaStart[p]!; r < metadata.replicaStart[p + 1]!; r++) {
      if (metadata.replicas[r] === id) {
        touched++;
        break;
      }
    }
  }
  const whole = metadata.partition.length;
  return {
    id: `broker.down.${id}`,
    severity: 'critical',
    title: `Broker ${id} does not answer`,
    detail: `${broker.rack ? `Rack ${broker.rack}. ` : ''}${count(touched, 'partition')} ${touched === 1 ? 'has' : 'have'} a replica on it and ${touched === 1 ? 'is' : 'are'} under-replicated`,
    since: iso(broker.since),
    share: { part: touched, whole, words: `${many(touched)} of ${count(whole, 'partition')}` },
    href: paths.broker(snapshot.clusterId, id),
    action: `Open broker ${id}`,
  };
}

/** What a cluster does not let us see is no trouble of the cluster: lists say it where it is missing. */
const limits: ReadonlySet<string> = new Set(['kafka.denied', 'kafka.unsupported']);

/** Brokers that the cluster calls alive and that did not answer us when they were asked for their share. */
function silentBrokers(snapshot: SampledSnapshot): Finding[] {
  const whole = snapshot.metadata.value.brokers.length;
  const alive = new Set(snapshot.metadata.value.brokers.map((broker) => broker.id));
  const failures = [snapshot.ends, snapshot.sizes, snapshot.groups, snapshot.groupOffsets].flatMap(
    (part) => part.failures,
  );
  const silent = new Map(
    failures
      .filter(({ broker, code }) => alive.has(broker) && !limits.has(code))
      .map(({ broker, sentence }) => [broker, sentence]),
  );
  return [...silent]
    .sort(([a], [b]) => a - b)
    .map(([id, sentence]) => ({
      id: `broker.silent.${id}`,
      severity: 'warning' as const,
      title: `Broker ${id} does not answer Millrace`,
      detail: `The cluster counts it among the living. ${sentence}`,
      since: null,
      share: { part: 1, whole, words: `1 of ${count(whole, 'broker')}` },
      href: paths.broker(snapshot.clusterId, id),
      action: `Open broker ${id}`,
    }));
}

const unreadNouns = { ends: 'End offsets', sizes: 'Sizes', groups: 'Groups', groupOffsets: 'Lag' } as const;

/** Parts that no broker gave: what is shown of them is from before, or nothing. */
function unreadParts(snapshot: SampledSnapshot): Finding[] {
  return (Object.keys(unreadNouns) as (keyof typeof unreadNouns)[]).flatMap((key) => {
    const { problem, at } = snapshot[key];
    if (!problem || limits.has(problem.code) || snapshot.metadata.problem) return [];
    return [
      {
        id: `part.unread.${key}`,
        severity: 'warning' as const,
        title: `${unreadNouns[key]} could not be read`,
        detail: `${problem.what} ${problem.next}`.trim(),
        since: iso(at),
        share: null,
        href: paths.brokers(snapshot.clusterId),
        action: 'Open brokers',
      },
    ];
  });
}

function quorumBehind(snapshot: SampledSnapshot): Finding | null {
  const quorum = snapshot.quorum.value;
  const readAt = snapshot.quorum.at;
  if (!quorum || readAt === null) return null;
  const behind = (votersBehind(snapshot) ?? []).flatMap(({ id, lagMs }) =>
    lagMs === null || snapshot.brokersDown.has(id) ? [] : [{ id, lagMs }],
  );
  if (behind.length === 0) return null;
  return {
    id: 'quorum.behind',
    severity: 'warning',
    title: `${count(behind.length, 'controller voter')} ${behind.length === 1 ? 'lags' : 'lag'} behind`,
    detail: `${behind.map((voter) => `Voter ${voter.id}`).join(', ')} of ${quorum.voters.length}; the quorum needs ${Math.floor(quorum.voters.length / 2) + 1}`,
    since: iso(readAt - Math.max(...behind.map((voter) => voter.lagMs))),
    share: {
      part: behind.length,
      whole: quorum.voters.length,
      words: `${behind.length} of ${quorum.voters.length} voters`,
    },
    href: paths.brokers(snapshot.clusterId),
    action: 'Open brokers',
  };
}

const topicCount = (column: Int32Array): number =>
  column.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);

/** Names of the first topics of which the column counts something. */
function topicsWith(snapshot: SampledSnapshot, column: Int32Array): string {
  const names: string[] = [];
  let more = 0;
  for (let t = 0; t < column.length; t++) {
    if (column[t]! === 0) continue;
    if (names.length < 3) names.push(`${snapshot.metadata.value.names[t]} ${column[t]}`);
    else more++;
  }
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const sinceOf = (snapshot: Snapshot, kind: string): string | null =>
  iso(snapshot.changes.find((change) => change.kind === kind)?.at ?? null);

/** The one sentence for the top of a page: the worst first, at most two clauses. */
export function verdictOf(
  snapshot: SampledSnapshot,
  findings: Finding[],
): { verdict: string; severity: 'critical' | 'warning' | 'ok' | 'unknown' } {
  if (snapshot.metadata.problem)
    return { verdict: 'The cluster does not answer. What is shown is from before.', severity: 'unknown' };
  const [first, second] = findings;
  if (!first) {
    const brokers = snapshot.metadata.value.brokers.length;
    return {
      verdict: `All ${brokers === 1 ? '1 broker answers' : `${brokers} brokers answer`}. Every partition is in sync.`,
      severity: 'ok',
    };
  }
  const clause = second ? `${first.title}, and ${lower(second.title)}.` : `${first.title}.`;
  return { verdict: clause, severity: first.severity };
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
