import type { z } from 'zod';
import type { GroupListing, GroupRow, ListGroupsInput } from '#lib/model/group.ts';
import { type CatchUp, type LagState, type LossClock, lagStates } from '#lib/model/lag.ts';
import { type State, stateRank } from '#lib/model/state.ts';
import { type GroupSum, groupLagOf } from './lag/sum-group.ts';
import { iso, missingParts } from './missing-parts.ts';
import type { SampledSnapshot } from './read-snapshot.ts';
import { topicOfPartition, topicRow } from './reuse-names.ts';
import type { GroupEntry, GroupOffsets } from './snapshot.ts';

type Input = z.output<typeof ListGroupsInput>;

const isActive = (group: GroupEntry): boolean => !['Empty', 'Dead', 'Unknown', ''].includes(group.groupState);

/** One page of groups from the newest picture. Members are filled in by the caller for the rows of the page. */
export function viewGroups(
  snapshot: SampledSnapshot,
  input: Input,
  recentOf: (group: string) => (number | null)[],
): GroupListing {
  const groups = snapshot.groups.value ?? [];
  const needle = input.q.toLowerCase();
  const counts = { all: 0, active: 0, empty: 0, lagging: 0 };
  const onTopic = input.topic === undefined ? null : topicRow(snapshot.metadata.value, input.topic);
  const lagStateCounts = noStates();
  const found: GroupEntry[] = [];
  for (const group of groups) {
    const offsets = snapshot.groupOffsets.value?.get(group.groupId);
    if (onTopic !== null && !readsTopic(snapshot, offsets, onTopic)) continue;
    const isLagging = (offsets?.lagTotal ?? 0n) > 0n;
    counts.all++;
    if (isActive(group)) counts.active++;
    else counts.empty++;
    if (isLagging) counts.lagging++;
    const lagState = lagStateOf(snapshot, group.groupId);
    if (lagState) lagStateCounts[lagState]++;
    if (input.show === 'active' && !isActive(group)) continue;
    if (input.show === 'empty' && isActive(group)) continue;
    if (input.show === 'lagging' && !isLagging) continue;
    if (input.lagState && lagState !== input.lagState) continue;
    if (needle !== '' && !group.groupId.toLowerCase().includes(needle)) continue;
    found.push(group);
  }
  sortGroups(found, snapshot, input.sort ?? '-lag');
  const from = (input.page - 1) * input.pageSize;
  return {
    rows: found
      .slice(from, from + input.pageSize)
      .map((group) => groupRowOf(snapshot, group, recentOf(group.groupId))),
    total: found.length,
    totalUnfiltered: counts.all,
    page: input.page,
    pageSize: input.pageSize,
    asOf: iso(snapshot.groups.at),
    missing: missingParts(snapshot, ['groups', 'groupOffsets', 'ends']),
    counts,
    lagStates: lagStateCounts,
  };
}

function readsTopic(snapshot: SampledSnapshot, offsets: GroupOffsets | undefined, topic: number): boolean {
  if (!offsets || topic < 0) return false;
  const from = snapshot.metadata.value.partitionStart[topic]!;
  const to = snapshot.metadata.value.partitionStart[topic + 1]!;
  return offsets.rows.some((row) => row >= from && row < to);
}

/** The row of a group as lists show it; `members` is null until somebody describes the group. */
export function groupRowOf(
  snapshot: SampledSnapshot,
  group: GroupEntry,
  recent: (number | null)[],
): GroupRow {
  const offsets = snapshot.groupOffsets.value?.get(group.groupId);
  return {
    groupId: group.groupId,
    type: group.type,
    protocolType: group.protocolType,
    groupState: group.groupState || 'Unknown',
    state: groupState(snapshot, group, offsets),
    coordinator: group.coordinator >= 0 ? group.coordinator : null,
    members: group.groupState === 'Empty' ? 0 : snapshot.members.membersOf(group.groupId),
    topics: offsets ? offsets.topics : null,
    lagMessages: offsets?.lagTotal?.toString() ?? null,
    unknownPartitions: offsets?.unknown ?? 0,
    worst: worstOf(snapshot, offsets),
    recent,
    lag: lagOf(snapshot, group.groupId, offsets),
  };
}

const noStates = (): GroupListing['lagStates'] =>
  Object.fromEntries(lagStates.map((state) => [state, 0])) as GroupListing['lagStates'];

/** Null before the offsets of the group were read, and where it is of a kind that commits none. */
function lagStateOf(snapshot: SampledSnapshot, groupId: string): LagState | null {
  const known = snapshot.groupOffsets.value?.has(groupId) ? snapshot.lag.sumOf(groupId) : null;
  return known && !Number.isNaN(known.state) ? lagStates[known.state]! : null;
}

function lagOf(
  snapshot: SampledSnapshot,
  groupId: string,
  offsets: GroupOffsets | undefined,
): GroupRow['lag'] {
  const known = offsets && snapshot.lag.sumOf(groupId);
  return known ? groupLagOf(known, snapshot.members.countOf(groupId, snapshot.sampledAt)) : null;
}

function groupState(snapshot: SampledSnapshot, group: GroupEntry, offsets: GroupOffsets | undefined): State {
  if (snapshot.brokersDown.has(group.coordinator)) return 'unknown';
  if (group.groupState === 'Dead' || group.groupState === '' || group.groupState === 'Unknown')
    return 'unknown';
  if (offsets && offsets.unknown > 0) return 'unknown';
  return 'ok';
}

function worstOf(snapshot: SampledSnapshot, offsets: GroupOffsets | undefined): GroupRow['worst'] {
  if (!offsets || offsets.worstRow < 0 || offsets.worstLag <= 0n) return null;
  const metadata = snapshot.metadata.value;
  const topic = topicOfPartition(metadata, offsets.worstRow);
  return {
    topic: metadata.names[topic]!,
    partition: metadata.partition[offsets.worstRow]!,
    lagMessages: offsets.worstLag.toString(),
  };
}

const known = (value: number | undefined): number =>
  value === undefined || Number.isNaN(value) ? -1 : value;

/** By the worst state, and within it by lag in time. */
const troubleOf = (sum: GroupSum | undefined): number =>
  sum && !Number.isNaN(sum.state) ? sum.state * 1e15 + Math.min(1e15 - 1, known(sum.lagMs) + 1) : -1;

/** Caught up first, never last. */
const catchUpRank = (catchUp: CatchUp | undefined): number =>
  catchUp?.kind === 'in' ? catchUp.ms : catchUp?.kind === 'never' ? Number.POSITIVE_INFINITY : -1;

/** Lost first, then by the time that is left; those in no danger last. */
const lossRank = (loss: LossClock | undefined): number =>
  loss?.kind === 'lost' ? -1 : loss?.kind === 'in' ? loss.ms : Number.POSITIVE_INFINITY;

function sortGroups(groups: GroupEntry[], snapshot: SampledSnapshot, sort: string): void {
  const sign = sort.startsWith('-') ? -1 : 1;
  const column = sort.replace(/^-/, '');
  const lagOf = (group: GroupEntry): bigint =>
    snapshot.groupOffsets.value?.get(group.groupId)?.lagTotal ?? -1n;
  const byName = (a: GroupEntry, b: GroupEntry) =>
    a.groupId < b.groupId ? -1 : a.groupId > b.groupId ? 1 : 0;
  const value = (group: GroupEntry): string | number | bigint => {
    if (column === 'lag') return lagOf(group);
    if (column === 'state')
      return (
        stateRank(groupState(snapshot, group, snapshot.groupOffsets.value?.get(group.groupId))) * 100 +
        group.groupState.charCodeAt(0)
      );
    const sum = snapshot.lag.sumOf(group.groupId) ?? undefined;
    if (column === 'trouble') return troubleOf(sum);
    if (column === 'time') return known(sum?.lagMs);
    if (column === 'loss') return lossRank(sum?.loss);
    if (column === 'catchUp') return catchUpRank(sum?.catchUp);
    if (column === 'members') return snapshot.members.membersOf(group.groupId) ?? -1;
    if (column === 'type') return `${group.type} ${group.protocolType}`;
    if (column === 'topics') return snapshot.groupOffsets.value?.get(group.groupId)?.topics ?? -1;
    return group.groupId;
  };
  groups.sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    return (left < right ? -sign : left > right ? sign : 0) || byName(a, b);
  });
}
