import { memberSeries } from '#lib/model/series-kinds.ts';
import { topicOfPartition } from '../reuse-names.ts';
import type { Snapshot } from '../snapshot.ts';
import type { SamplePoint } from '../ticks.ts';
import type { GroupSum } from './sum-group.ts';

/** What each kind takes from the sum of a group. */
const kinds = {
  'group.lag': (sum) => sum.lag,
  'group.lag-time': (sum) => sum.lagMs,
  'group.records-out': (sum) => Math.fround(sum.consumedPerSecond),
  'group.records-in': (sum) => Math.fround(sum.producedPerSecond),
  'group.loss-clock': ({ loss }) => (loss.kind === 'in' ? loss.ms : loss.kind === 'lost' ? 0 : Number.NaN),
  'group.lost': ({ loss }) => (loss.kind === 'lost' ? Number(loss.records) : 0),
  'group.state': (sum) => sum.state,
} as const satisfies Partial<Record<SamplePoint['kind'], (sum: GroupSum) => number>>;

/**
 * Lag of all groups of the newest reading, kind by kind. A clock that has run out is 0; one that does not run is unknown.
 * Groups whose coordinator was silent are left out: their numbers are old.
 */
export function groupPoints(snapshot: Snapshot): SamplePoint[] {
  if (!isFresh(snapshot)) return [];
  const sums: [string, GroupSum][] = [];
  for (const groupId of snapshot.groupOffsets.value?.keys() ?? []) {
    const known = snapshot.lag.sumOf(groupId);
    if (known) sums.push([groupId, known]);
  }
  const points: SamplePoint[] = [];
  for (const [kind, numberOf] of Object.entries(kinds) as [keyof typeof kinds, (sum: GroupSum) => number][])
    for (const [name, sum] of sums) points.push({ kind, name, value: numberOf(sum) });
  const at = snapshot.groups.at ?? snapshot.sampledAt;
  const groups = snapshot.groups.value ?? [];
  for (const { groupId: name } of groups) {
    const members = snapshot.members.membersOf(name);
    if (members !== null) points.push({ kind: 'group.members', name, value: members });
  }
  for (const { groupId: name } of groups)
    points.push({ kind: 'group.rebalances', name, value: snapshot.members.countOf(name, at) ?? Number.NaN });
  return points;
}

/** Lag of each partition of each group: many, so it is asked for once a minute. */
export function memberPoints(snapshot: Snapshot): SamplePoint[] {
  const metadata = snapshot.metadata.value;
  if (!metadata || !isFresh(snapshot) || !snapshot.lag.isAbout(metadata)) return [];
  const lag: SamplePoint[] = [];
  const time: SamplePoint[] = [];
  for (const groupId of snapshot.groupOffsets.value?.keys() ?? []) {
    const columns = snapshot.lag.columnsOf(groupId);
    columns?.rows.forEach((row, i) => {
      if (row < 0) return;
      const topic = metadata.names[topicOfPartition(metadata, row)]!;
      const name = memberSeries(groupId, topic, metadata.partition[row]!);
      lag.push({ kind: 'member.lag', name, value: columns.lag[i]! });
      time.push({ kind: 'member.lag-time', name, value: columns.lagMs[i]! });
    });
  }
  return [...lag, ...time];
}

/** Lag taken from ends or offsets that could not be read now would read as still. */
const isFresh = (snapshot: Snapshot): boolean =>
  snapshot.groupOffsets.problem === null && snapshot.ends.problem === null;
