import type { ClusterCollector } from './cluster-collector.ts';
import type { Snapshot } from './snapshot.ts';
import type { SamplePoint } from './ticks.ts';

/** Where a cluster's small lines are kept. */
export type LineKeeper = Pick<ClusterCollector, 'topicRing' | 'groupRing' | 'brokerRing' | 'clusterRing'>;

/** Adds a reading to the small lines of the last hour in memory, and forgets topics and groups that are gone. */
export function addToLines(
  lines: LineKeeper,
  snapshot: Snapshot,
  points: readonly SamplePoint[],
  atMs: number,
): void {
  for (const { kind, name, value } of points) {
    if (kind === 'topic.records-in') lines.topicRing.add(name, value, atMs);
    else if (kind === 'group.lag') lines.groupRing.add(name, value, atMs);
    else if (kind === 'broker.bytes-in') lines.brokerRing.add(name, value, atMs);
    else if (kind === 'cluster.records-in') lines.clusterRing.add('', value, atMs);
  }
  if (!snapshot.metadata.value || snapshot.metadata.problem) return;
  lines.topicRing.keep(new Set(snapshot.metadata.value.names));
  // Groups of tools come and go by the thousand; brokers that did not answer keep what is known of theirs.
  const { value: groups, problem, failures } = snapshot.groups;
  if (groups && !problem && failures.length === 0)
    lines.groupRing.keep(new Set(groups.map((group) => group.groupId)));
}
