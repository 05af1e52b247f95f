import { formatCount } from '#lib/format.ts';
import type { CatchUp, GroupLag, LossClock } from '#lib/model/lag.ts';
import { lagStates } from '#lib/model/lag.ts';
import { worstCatchUp } from './catch-up.ts';
import type { CommitRings } from './commit-rings.ts';
import { ruleStates, ruleWords } from './judge-state.ts';
import { worstLoss } from './loss-clock.ts';
import type { Measured } from './measure-partition.ts';

/** The sums and the worst over the partitions of a group. Numbers are NaN while nothing is known. */
export type GroupSum = {
  /** Index into `lagStates`. */
  state: number;
  /** Partitions in each state, by that index. */
  states: number[];
  lag: number;
  lagMs: number;
  consumedPerSecond: number;
  producedPerSecond: number;
  catchUp: CatchUp;
  loss: LossClock;
  /** Partition whose state is worst; null when it has none. */
  worst: { i: number; measured: Measured } | null;
  /** Index of the partition furthest behind in time, -1 for none. */
  slowest: number;
};

const stateIndex = Object.fromEntries(lagStates.map((state, i) => [state, i])) as Record<string, number>;

/** Adds partitions up one by one, so that none needs to be kept. */
export class GroupSummer {
  readonly sum: GroupSum = {
    state: 0,
    states: lagStates.map(() => 0),
    lag: Number.NaN,
    lagMs: Number.NaN,
    consumedPerSecond: Number.NaN,
    producedPerSecond: Number.NaN,
    catchUp: { kind: 'caught-up' },
    loss: { kind: 'none', why: 'Nothing is unread.' },
    worst: null,
    slowest: -1,
  };
  #worstLag = -1;
  #slowestLag = -1;

  /** The partition at index `i` of its group. */
  add(i: number, m: Measured): void {
    const { sum } = this;
    const state = stateIndex[ruleStates[m.rule]]!;
    const lag = Number.isNaN(m.lag) ? -1 : m.lag;
    sum.states[state]!++;
    if (!sum.worst || state > sum.state || (state === sum.state && lag > this.#worstLag)) {
      sum.worst = { i, measured: m };
      sum.state = state;
      this.#worstLag = lag;
    }
    sum.lag = plus(sum.lag, m.lag);
    sum.consumedPerSecond = plus(sum.consumedPerSecond, m.consumedPerSecond);
    sum.producedPerSecond = plus(sum.producedPerSecond, m.producedPerSecond);
    sum.catchUp = worstCatchUp(sum.catchUp, m.catchUp);
    sum.loss = worstLoss(sum.loss, m.loss);
    if (lag <= 0) {
      if (lag === 0 && Number.isNaN(sum.lagMs)) sum.lagMs = 0;
      return;
    }
    // Where no time is known yet, the largest lag stands for the slowest.
    const isOlder = m.lagMs > sum.lagMs || (Number.isNaN(sum.lagMs) && !Number.isNaN(m.lagMs));
    if (isOlder) sum.lagMs = m.lagMs;
    if (isOlder || sum.slowest < 0 || (Number.isNaN(sum.lagMs) && lag > this.#slowestLag)) {
      sum.slowest = i;
      this.#slowestLag = lag;
    }
  }
}

const plus = (sum: number, value: number): number =>
  Number.isNaN(sum) ? value : Number.isNaN(value) ? sum : sum + value;

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The sum for lists and pages. `nameOf` names a partition by its index in the rings. */
export function groupLagOf(
  sum: GroupSum,
  rings: CommitRings,
  nameOf: (i: number) => { topic: string; partition: number },
  rebalances: number | null,
): GroupLag {
  return {
    state: lagStates[sum.state]!,
    states: Object.fromEntries(lagStates.map((state, i) => [state, sum.states[i]!])) as GroupLag['states'],
    rule: sum.worst ? ruleOf(sum, sum.worst, rings, nameOf(sum.worst.i)) : 'Nothing was ever committed.',
    lagMessages: Number.isNaN(sum.lag) ? null : String(sum.lag),
    lagMs: orNull(sum.lagMs),
    consumedPerSecond: orNull(sum.consumedPerSecond),
    producedPerSecond: orNull(sum.producedPerSecond),
    catchUp: sum.catchUp,
    loss: sum.loss,
    slowest: sum.slowest < 0 ? null : nameOf(sum.slowest),
    rebalances,
  };
}

function ruleOf(
  sum: GroupSum,
  { i, measured }: NonNullable<GroupSum['worst']>,
  rings: CommitRings,
  { topic, partition }: { topic: string; partition: number },
): string {
  const words = ruleWords(measured.rule, measured.standing, rings.lags(i));
  const all = sum.states.reduce((a, b) => a + b, 0);
  const same = sum.states[sum.state]!;
  const share = all > 1 ? ` (${formatCount(same)} of ${formatCount(all)} partitions are like this)` : '';
  return `Partition ${partition} of ${topic}: ${words}${share}`;
}
