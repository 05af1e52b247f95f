import type { ClusterEvent, ClusterEventKind } from '#lib/model/cluster-event.ts';
import { topicOfPartition } from './reuse-names.ts';
import type { SeenChange, Snapshot } from './snapshot.ts';

/** A broker that comes back within this time was restarted. */
const restartMs = 10 * 60_000;
/** Partitions that one sentence names. */
const namedPartitions = 5;

/** What happened between two samples of a cluster; nothing is told of the time before the first. */
export function eventsBetween(before: Snapshot, now: Snapshot): ClusterEvent[] {
  const { clusterId } = now;
  const events: ClusterEvent[] = [];
  const reach = reachEvent(before, now);
  if (reach) events.push(reach);
  if (now.metadata.problem !== null || before.metadata.value === null) return events;
  const known = new Set(before.changes);
  for (const change of now.changes)
    if (!known.has(change)) events.push({ clusterId, ...seenEvent(change, before) });
  const elected = electionEvent(before, now);
  if (elected) events.push(elected);
  return events;
}

function reachEvent(before: Snapshot, now: Snapshot): ClusterEvent | null {
  // The first sample tells how it stands, not that anything changed.
  if (before.seq === 0) return null;
  const problem = now.metadata.problem;
  if ((before.metadata.problem === null) === (problem === null)) return null;
  return {
    clusterId: now.clusterId,
    at: problem ? Date.now() : now.sampledAt,
    kind: problem ? 'cluster.unreachable' : 'cluster.reachable',
    subjectType: 'cluster',
    subject: '',
    severity: problem ? 'critical' : 'note',
    title: problem ? 'The cluster does not answer' : 'The cluster answers again',
    detail: problem?.what ?? '',
  };
}

function seenEvent(change: SeenChange, before: Snapshot): Omit<ClusterEvent, 'clusterId'> {
  const { at, title, detail, severity, broker } = change;
  const subject =
    broker === null
      ? ({ subjectType: 'cluster', subject: '' } as const)
      : ({ subjectType: 'broker', subject: String(broker) } as const);
  const since = broker === null ? null : (before.brokersDown.get(broker)?.since ?? null);
  const isRestart = change.kind === 'broker.up' && since !== null && at - since < restartMs;
  const kind: ClusterEventKind = isRestart ? 'broker.restarted' : change.kind;
  return { at, kind, ...subject, severity, title: isRestart ? `Broker ${broker} restarted` : title, detail };
}

/** Partitions that have another leader than before, in one event: of their topic when it is only one. */
function electionEvent(before: Snapshot, now: Snapshot): ClusterEvent | null {
  const was = before.metadata.value;
  const is = now.metadata.value;
  if (!was || !is || was.names !== is.names) return null;
  let moved = 0;
  let firstTopic = -1;
  let isOneTopic = true;
  const words: string[] = [];
  for (let p = 0; p < is.leader.length; p++) {
    const from = was.leader[p]!;
    const to = is.leader[p]!;
    // One without a leader is told as offline.
    if (from === to || to < 0) continue;
    moved++;
    const topic = topicOfPartition(is, p);
    if (firstTopic < 0) firstTopic = topic;
    else if (topic !== firstTopic) isOneTopic = false;
    if (words.length < namedPartitions)
      words.push(`${is.names[topic]}/${is.partition[p]} from ${from < 0 ? 'none' : from} to ${to}`);
  }
  if (moved === 0) return null;
  const more = moved > words.length ? ` and ${moved - words.length} more` : '';
  return {
    clusterId: now.clusterId,
    at: now.sampledAt,
    kind: 'leader.elected',
    subjectType: isOneTopic ? 'topic' : 'cluster',
    subject: isOneTopic ? is.names[firstTopic]! : '',
    severity: 'note',
    title: `${moved === 1 ? 'A partition has' : `${moved.toLocaleString('en-US')} partitions have`} a new leader`,
    detail: `${words.join(', ')}${more}`,
  };
}
