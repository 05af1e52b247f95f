import { formatCountOf } from '#lib/format.ts';
import type { DescribedGroup } from '#lib/gateways/kafka/describe-groups.ts';
import type { GroupEntry } from '../snapshot.ts';

/** Groups described in one reading; a cluster with more is gone through in turns. */
const describedPerReading = 200;
const rememberedMs = 3_600_000;
const countedMs = 600_000;

/** The group shared out its partitions anew; `times` when the epoch tells that it did more than once. */
export type Rebalance = { at: number; times: number; words: string };

/** A group came to rest in another of Kafka's states than before. */
export type StateChange = { at: number; groupId: string; from: string; to: string };

type Watched = {
  since: number;
  state: string;
  /** The last state it rested in: what it passes on its way to another is no news. */
  rested: string;
  members: number | null;
  epoch: number | null;
  /** Member → its client and what it owns, as one text. */
  shares: Map<string, { clientId: string; owns: string }> | null;
  /** A rebalance that was seen by its state is not counted again by what it led to. */
  isRebalancing: boolean;
  rebalances: Rebalance[];
};

const empty = new Set(['Empty', 'Dead']);
const resting = new Set(['Stable', 'Empty', 'Dead']);
const rebalancing = new Set(['PreparingRebalance', 'CompletingRebalance', 'Assigning', 'Reconciling']);

/**
 * Watches the members of groups. Kafka tells no count of rebalances: the newer protocols tell an epoch, which is one;
 * of classic groups it is seen that they are at it, or that members or what they own are others than before. So the count is
 * the least there were.
 */
export class MemberWatch {
  #groups = new Map<string, Watched>();
  #turn = 0;
  #news: { rebalances: { groupId: string; rebalance: Rebalance }[]; states: StateChange[] } = {
    rebalances: [],
    states: [],
  };

  /** The groups to describe now: those with members, in turns when they are many. */
  next(groups: readonly GroupEntry[]): GroupEntry[] {
    const active = groups.filter((group) => !empty.has(group.groupState) && group.coordinator >= 0);
    if (active.length <= describedPerReading) return active;
    this.#turn %= active.length;
    const picked = [...active.slice(this.#turn), ...active].slice(0, describedPerReading);
    this.#turn += describedPerReading;
    return picked;
  }

  /** Takes in a list of all groups (`isWhole` unless a broker was silent) and what was described of some. */
  observe(
    groups: readonly GroupEntry[],
    described: readonly DescribedGroup[],
    at: number,
    isWhole: boolean,
  ): void {
    for (const group of groups) {
      const known = this.#groups.get(group.groupId);
      if (known) this.#listed(group, known, at);
      else this.#groups.set(group.groupId, newlyWatched(group, at));
    }
    for (const group of described) if (!group.error) this.#described(group, at);
    if (!isWhole) return;
    const present = new Set(groups.map(({ groupId }) => groupId));
    for (const groupId of this.#groups.keys()) if (!present.has(groupId)) this.#groups.delete(groupId);
  }

  /** Members of a group as last described; null before that. */
  membersOf(groupId: string): number | null {
    return this.#groups.get(groupId)?.members ?? null;
  }

  /** Rebalances of the last ten minutes; null for a group that is not watched for so long and had none. */
  countOf(groupId: string, nowMs: number): number | null {
    const known = this.#groups.get(groupId);
    if (!known) return null;
    const recent = known.rebalances.filter(({ at }) => at > nowMs - countedMs);
    if (recent.length === 0 && nowMs - known.since < countedMs) return null;
    return recent.reduce((sum, { times }) => sum + times, 0);
  }

  /** Rebalances of the last hour, newest first. */
  seenOf(groupId: string): readonly Rebalance[] {
    return this.#groups.get(groupId)?.rebalances ?? [];
  }

  /** What was seen since this was asked for the last time. */
  takeNews() {
    const news = this.#news;
    this.#news = { rebalances: [], states: [] };
    return news;
  }

  #listed(group: GroupEntry, known: Watched, at: number): void {
    const { groupId, groupState: state } = group;
    if (state === known.state || state === '') return;
    if (resting.has(state)) {
      if (state !== known.rested && known.rested !== '')
        this.#news.states.push({ at, groupId, from: known.rested, to: state });
      known.rested = state;
    }
    if (rebalancing.has(state) && !rebalancing.has(known.state)) this.#begin(groupId, known, at);
    if (empty.has(state)) {
      known.members = 0;
      known.shares = new Map();
      known.isRebalancing = false;
    }
    known.state = state;
  }

  #begin(groupId: string, known: Watched, at: number): void {
    if (known.isRebalancing) return;
    known.isRebalancing = true;
    this.#add(groupId, known, { at, times: 1, words: 'Its members were sharing out their partitions.' });
  }

  #described(group: DescribedGroup, at: number): void {
    const known = this.#groups.get(group.groupId);
    if (!known) return;
    known.members = group.members.length;
    const shares = new Map(
      group.members.map((member) => [
        member.memberId,
        { clientId: member.clientId, owns: JSON.stringify([member.assigned, member.connectors]) },
      ]),
    );
    const isSettled = !rebalancing.has(group.state);
    const [before, epochBefore] = [known.shares, known.epoch];
    if (isSettled || before === null) known.shares = shares;
    known.epoch = group.epoch;
    if (group.epoch !== null && epochBefore !== null) {
      const times = group.epoch - epochBefore;
      const words = `${changeOf(before, shares)} Epoch ${epochBefore} became ${group.epoch}.`;
      if (times > 0) this.#add(group.groupId, known, { at, times, words });
      known.isRebalancing = false;
      return;
    }
    if (!isSettled) {
      this.#begin(group.groupId, known, at);
      return;
    }
    const isOther = before !== null && !isSame(before, shares);
    if (isOther && !known.isRebalancing)
      this.#add(group.groupId, known, { at, times: 1, words: changeOf(before, shares) });
    else if (isOther && known.rebalances[0]) known.rebalances[0].words = changeOf(before, shares);
    known.isRebalancing = false;
  }

  #add(groupId: string, known: Watched, rebalance: Rebalance): void {
    known.rebalances = [rebalance, ...known.rebalances].filter(({ at }) => at > rebalance.at - rememberedMs);
    this.#news.rebalances.push({ groupId, rebalance });
  }
}

const newlyWatched = (group: GroupEntry, since: number): Watched => ({
  since,
  state: group.groupState,
  rested: group.groupState,
  members: empty.has(group.groupState) ? 0 : null,
  epoch: null,
  shares: null,
  isRebalancing: rebalancing.has(group.groupState),
  rebalances: [],
});

const isSame = (a: NonNullable<Watched['shares']>, b: NonNullable<Watched['shares']>): boolean =>
  a.size === b.size && [...a].every(([memberId, { owns }]) => b.get(memberId)?.owns === owns);

/** Who came and who left, by the names of their clients. */
function changeOf(before: Watched['shares'], now: NonNullable<Watched['shares']>): string {
  const names = (of: NonNullable<Watched['shares']>, missingIn: ReadonlyMap<string, unknown>) =>
    [...of].filter(([memberId]) => !missingIn.has(memberId)).map(([, { clientId }]) => clientId);
  const joined = names(now, before ?? new Map());
  const left = names(before ?? new Map(), now);
  const parts = [
    ...(joined.length > 0 ? [`${listed(joined)} joined`] : []),
    ...(left.length > 0 ? [`${listed(left)} left`] : []),
  ];
  return parts.length > 0 ? `${parts.join(', ')}.` : 'The same members own other partitions.';
}

const listed = (names: string[]): string =>
  names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 3).join(', ')} and ${formatCountOf(names.length - 3, 'other', 'others')}`;
