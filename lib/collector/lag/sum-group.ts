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
  /** Index into `lagStates`; NaN where there is nothing to judge. */
  state: number;
  /** Partitions in each state, by that index. */
  states: number[];
  lag: number;
  lagMs: number;
  /** Some partition has a position and its end, or its start, is not known now: what is counted by it is the least there is. */
  isEndMissing: boolean;
  isStartMissing: boolean;
  consumedPerSecond: number;
  producedPerSecond: number;
  catchUp: CatchUp;
  loss: LossClock;
  /** Partition whose state is worst, with the lags after its last commits; null when the group has no partitions. */
  worst: (PartitionName & { measured: Measured; lags: Float64Array }) | null;
  /** Partition furthest behind in time; null when nothing is unread. */
  slowest: PartitionName | null;
};
export type PartitionName = { topic: string; partition: number };

const stateIndex = Object.fromEntries(lagStates.map((state, i) => [state, i])) as Record<string, number>;

/** The sum of a group that has members and has committed nothing anywhere. */
export const neverCommitted = (sum: GroupSum): GroupSum => ({
  ...sum,
  state: stateIndex['never-committed']!,
  catchUp: { kind: 'unknown', why: silentWords },
  loss: { kind: 'unknown', why: silentWords },
});
const silentWords = 'It has members and has committed nothing.';

/** Adds partitions up one by one, so that none needs to be kept. */
export class GroupSummer {
  readonly #sum: GroupSum = {
    state: Number.NaN,
    states: lagStates.map(() => 0),
    lag: Number.NaN,
    lagMs: Number.NaN,
    isEndMissing: false,
    isStartMissing: false,
    consumedPerSecond: Number.NaN,
    producedPerSecond: Number.NaN,
    catchUp: { kind: 'caught-up' },
    loss: { kind: 'none', why: 'Nothing is unread.' },
    worst: null,
    slowest: null,
  };
  #worst: { i: number; measured: Measured } | null = null;
  #worstLag = -1;
  #slowest = -1;
  #slowestLag = -1;

  /** The partition at index `i` of its group. */
  add(i: number, m: Measured): void {
    const sum = this.#sum;
    const state = stateIndex[ruleStates[m.rule]]!;
    const lag = Number.isNaN(m.lag) ? -1 : m.lag;
    sum.states[state]!++;
    if (!this.#worst || state > sum.state || (state === sum.state && lag > this.#worstLag)) {
      this.#worst = { i, measured: m };
      sum.state = state;
      this.#worstLag = lag;
    }
    if (m.standing.committed >= 0 && Number.isNaN(m.lag)) sum.isEndMissing = true;
    if (m.standing.committed >= 0 && m.standing.start < 0) sum.isStartMissing = true;
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
    if (isOlder || this.#slowest < 0 || (Number.isNaN(sum.lagMs) && lag > this.#slowestLag)) {
      this.#slowest = i;
      this.#slowestLag = lag;
    }
  }

  /** Index of the partition furthest behind in time, -1 for none. */
  get slowestIndex(): number {
    return this.#slowest;
  }

  /** The sum, with the names of partitions: rows mean others when topics come and go, names do not. */
  finish(nameOf: (i: number) => PartitionName, rings: CommitRings): GroupSum {
    const worst = this.#worst;
    return {
      ...this.#sum,
      worst: worst && {
        ...nameOf(worst.i),
        measured: worst.measured,
        lags: rings.lags(worst.i).slice(),
      },
      slowest: this.#slowest < 0 ? null : nameOf(this.#slowest),
    };
  }
}

const plus = (sum: number, value: number): number =>
  Number.isNaN(sum) ? value : Number.isNaN(value) ? sum : sum + value;

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The sum for lists and pages; null where there is nothing to judge. */
export function groupLagOf(sum: GroupSum, rebalances: number | null): GroupLag | null {
  if (Number.isNaN(sum.state)) return null;
  return {
    state: lagStates[sum.state]!,
    states: Object.fromEntries(lagStates.map((state, i) => [state, sum.states[i]!])) as GroupLag['states'],
    rule: sum.worst ? ruleOf(sum, sum.worst) : silentWords,
    lagMessages: Number.isNaN(sum.lag) ? null : String(sum.lag),
    lagMs: orNull(sum.lagMs),
    consumedPerSecond: orNull(sum.consumedPerSecond),
    producedPerSecond: orNull(sum.producedPerSecond),
    catchUp: sum.catchUp,
    loss: sum.loss,
    slowest: sum.slowest,
    rebalances,
  };
}

function ruleOf(sum: GroupSum, worst: NonNullable<GroupSum['worst']>): string {
  const words = ruleWords(worst.measured.rule, worst.measured.standing, worst.lags);
  const all = sum.states.reduce((a, b) => a + b, 0);
  const same = sum.states[sum.state]!;
  const share = all > 1 ? ` (${formatCount(same)} of ${formatCount(all)} partitions are like this)` : '';
  return `Partition ${worst.partition} of ${worst.topic}: ${words}${share}`;
}
