import { placeOf, retentionWins } from '#components/race/race-position.ts';
import { formatCountOf, formatDuration } from '#lib/format.ts';
import type { GroupDetail, GroupPartitionRow, MemberRow } from '#lib/model/group.ts';
import type { LagState } from '#lib/model/lag.ts';
import { lagStates } from '#lib/model/lag.ts';

/** The partition that a page of a group speaks of first: records lost, then the shortest clock that runs, then the oldest unread. */
export function worstPartition(rows: readonly GroupPartitionRow[]): GroupPartitionRow | null {
  let worst: GroupPartitionRow | null = null;
  for (const row of rows) if (worst === null || isWorse(row, worst)) worst = row;
  return worst;
}

function isWorse(row: GroupPartitionRow, than: GroupPartitionRow): boolean {
  const [mine, theirs] = [urgency(row), urgency(than)];
  for (let i = 0; i < mine.length; i++) {
    const [a = 0, b = 0] = [mine[i], theirs[i]];
    if (a !== b) return a > b;
  }
  return false;
}

const minute = 60_000;
const hour = 60 * minute;

/** Lengths of time in steps of a fifth, so that rows which are alike do not change places with each reading. */
const step = (ms: number): number => (ms < minute ? 0 : 1 + Math.floor(Math.log2(ms / minute) * 4));

/** A clock under an hour counts exactly; a longer one is an estimate that wavers. */
const urgencyOfClock = (ms: number): number => (ms < hour ? 1e6 - ms / hour : 1000 - step(ms));

/** Larger is worse, place by place. */
function urgency({ lag }: GroupPartitionRow): number[] {
  const { loss } = lag;
  const isUnread = lag.lagMessages !== null && lag.lagMessages !== '0';
  return [
    loss.kind === 'lost' ? 1 : 0,
    loss.kind === 'in' && retentionWins(lag) ? urgencyOfClock(loss.ms) : 0,
    step(lag.lagMs ?? 0),
    isUnread ? 1 : 0,
  ];
}

const byPlace = (a: GroupPartitionRow, b: GroupPartitionRow): number =>
  a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition;

function byLag(a: GroupPartitionRow, b: GroupPartitionRow): number {
  const [left, right] = [BigInt(a.lag.lagMessages ?? -1), BigInt(b.lag.lagMessages ?? -1)];
  return left < right ? -1 : left > right ? 1 : 0;
}
const byTime = (a: GroupPartitionRow, b: GroupPartitionRow): number =>
  (a.lag.lagMs ?? -1) - (b.lag.lagMs ?? -1);
const byState = (a: GroupPartitionRow, b: GroupPartitionRow): number =>
  lagStates.indexOf(a.lag.state) - lagStates.indexOf(b.lag.state);

/** Rows in the order of a column, `-` before it for downwards; what is equal stands by topic and partition. */
export function sortPartitions(rows: readonly GroupPartitionRow[], sort: string): GroupPartitionRow[] {
  const sign = sort.startsWith('-') ? -1 : 1;
  const column = sort.replace(/^-/, '');
  const compare: Record<string, (a: GroupPartitionRow, b: GroupPartitionRow) => number> = {
    partition: (a, b) => sign * byPlace(a, b),
    lag: (a, b) => sign * byLag(a, b),
    time: (a, b) => sign * byTime(a, b),
    state: (a, b) => sign * byState(a, b),
  };
  // Trouble first: by state, then by about how old the unread is; rows that are alike stand by partition.
  const worstFirst = (a: GroupPartitionRow, b: GroupPartitionRow) =>
    -byState(a, b) || step(b.lag.lagMs ?? 0) - step(a.lag.lagMs ?? 0);
  const chosen = compare[column] ?? worstFirst;
  return [...rows].sort((a, b) => chosen(a, b) || byPlace(a, b));
}

/** The worst state of what a member reads; null while it reads nothing. */
export function memberState(member: Pick<MemberRow, 'memberId'>, group: GroupDetail): LagState | null {
  let worst: LagState | null = null;
  for (const row of group.partitions) {
    if (row.memberId !== member.memberId) continue;
    if (worst === null || lagStates.indexOf(row.lag.state) > lagStates.indexOf(worst)) worst = row.lag.state;
  }
  return worst;
}

/** The race of a partition in words, for those who hear the page. */
export function raceWords(row: GroupPartitionRow): string {
  const { lag } = row;
  if (row.committedOffset === null) return 'Nothing is committed';
  if (lag.loss.kind === 'lost')
    return `${formatCountOf(lag.loss.records, 'record', 'records')} deleted unread`;
  if (lag.lagMessages === null) return 'Lag not known';
  if (lag.lagMessages === '0') return 'All is read';
  const age = lag.lagMs === null ? '' : `, the oldest ${formatDuration(lag.lagMs)} old`;
  const { windowMs } = placeOf(row);
  const kept = windowMs === null ? '' : `, kept ${formatDuration(windowMs)}`;
  return `${formatCountOf(lag.lagMessages, 'record', 'records')} unread${age}${kept}`;
}
