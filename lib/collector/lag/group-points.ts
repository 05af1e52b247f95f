import { memberSeries } from '#lib/model/series-kinds.ts';
import { topicOfPartition } from '../reuse-names.ts';
import type { Snapshot } from '../snapshot.ts';
import type { SamplePoint } from '../ticks.ts';
import type { GroupSum } from './sum-group.ts';

/** What each kind takes from the sum of a group. Without the partitions of a silent leader lag would seem to fall. */
const kinds = {
  'group.lag': (sum) => (sum.isEndMissing ? Number.NaN : sum.lag),
  'group.lag-time': (sum) => (sum.isEndMissing ? Number.NaN : sum.lagMs),
  'group.records-out': (sum) => Math.fround(sum.consumedPerSecond),
  'group.records-in': (sum) => Math.fround(sum.producedPerSecond),
  'group.loss-clock': ({ loss }) => (loss.kind === 'in' ? loss.ms : loss.kind === 'lost' ? 0 : Number.NaN),
  'group.lost': ({ loss, isStartMissing }) =>
    isStartMissing ? Number.NaN : loss.kind === 'lost' ? Number(loss.records) : 0,
  // What is not known of may be worse than keeping up; what is worse already is told.
  'group.state': (sum) => (sum.isEndMissing && sum.state === 0 ? Number.NaN : sum.state),
} as const satisfies Partial<Record<SamplePoint['kind'], (sum: GroupSum) => number>>;

/**
 * Lag of all groups of the newest reading, kind by kind. A clock that has run out is 0; one that does not run is unknown.
 * So is everything of a group whose coordinator is silent: its numbers are old, and a name that is left out is gone.
 */
export function groupPoints(snapshot: Snapshot): SamplePoint[] {
  if (!isFresh(snapshot)) return [];
  const sums: [string, GroupSum | null][] = snapshot.lag
    .groupIds()
    .map((groupId) => [groupId, isRead(snapshot, groupId) ? snapshot.lag.sumOf(groupId) : null]);
  const points: SamplePoint[] = [];
  for (const [kind, numberOf] of Object.entries(kinds) as [keyof typeof kinds, (sum: GroupSum) => number][])
    for (const [name, sum] of sums) points.push({ kind, name, value: sum ? numberOf(sum) : Number.NaN });
  const at = snapshot.groups.at ?? snapshot.sampledAt;
  const groups = snapshot.groups.value ?? [];
  const listed = new Set(groups.map(({ groupId }) => groupId));
  const silent = snapshot.lag.groupIds().filter((groupId) => !listed.has(groupId));
  for (const name of listed) {
    const members = snapshot.members.membersOf(name);
    if (members !== null) points.push({ kind: 'group.members', name, value: members });
  }
  for (const name of silent) points.push({ kind: 'group.members', name, value: Number.NaN });
  for (const name of listed)
    points.push({ kind: 'group.rebalances', name, value: snapshot.members.countOf(name, at) ?? Number.NaN });
  for (const name of silent) points.push({ kind: 'group.rebalances', name, value: Number.NaN });
  return points;
}

/** Lag of each partition of each group: many, so it is asked for once a minute. */
export function memberPoints(snapshot: Snapshot): SamplePoint[] {
  const metadata = snapshot.metadata.value;
  if (!metadata || !isFresh(snapshot) || !snapshot.lag.isAbout(metadata)) return [];
  const lag: SamplePoint[] = [];
  const time: SamplePoint[] = [];
  for (const groupId of snapshot.lag.groupIds()) {
    const known = isRead(snapshot, groupId);
    const columns = snapshot.lag.columnsOf(groupId);
    columns?.rows.forEach((row, i) => {
      if (row < 0) return;
      const topic = metadata.names[topicOfPartition(metadata, row)]!;
      const name = memberSeries(groupId, topic, metadata.partition[row]!);
      lag.push({ kind: 'member.lag', name, value: known ? columns.lag[i]! : Number.NaN });
      time.push({ kind: 'member.lag-time', name, value: known ? columns.lagMs[i]! : Number.NaN });
    });
  }
  return [...lag, ...time];
}

const isRead = (snapshot: Snapshot, groupId: string): boolean =>
  snapshot.groupOffsets.value?.has(groupId) ?? false;

/** Lag taken from ends or offsets that could not be read now would read as still. */
const isFresh = (snapshot: Snapshot): boolean =>
  snapshot.groupOffsets.problem === null && snapshot.ends.problem === null;
