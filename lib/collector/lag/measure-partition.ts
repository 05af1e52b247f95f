import type { CatchUp, LossClock, PartitionLag } from '#lib/model/lag.ts';
import type { TopicRetention } from '#lib/model/topic-retention.ts';
import { catchUpOf } from './catch-up.ts';
import type { CommitRings } from './commit-rings.ts';
import { judgeState, type LagRule, ruleStates, ruleWords, type Standing } from './judge-state.ts';
import { lagTrend } from './lag-trend.ts';
import { lossClockOf } from './loss-clock.ts';
import type { OffsetTimeline } from './offset-timeline.ts';

/** What was found by looking into the log behind a position. */
export type Peek = {
  /** The position it was looked for. */
  committed: number;
  /** The first record that a reader of committed records would receive; -1: none was found up to `until`. */
  next: number;
  /** Its own time, epoch ms; NaN where none was found. */
  timeMs: number;
  until: number;
};

/** All that is known of a group's position on a partition. Offsets are -1, other numbers NaN, while not known. */
export type PartitionFacts = {
  now: number;
  committed: number;
  start: number;
  end: number;
  /** Last stable offset where an open transaction holds records back; -1 elsewhere. */
  stable: number;
  sizeBytes: number;
  retention: TopicRetention | null;
  /** Of share groups: records after the position that are done with already. */
  doneAhead: number;
  timeline: OffsetTimeline | null;
  peek: Peek | null;
  /** See `Standing`. */
  emptyReads: number;
  isJoined: boolean;
};

/** What follows from them, in numbers. */
export type Measured = {
  rule: LagRule;
  standing: Standing;
  /** Next record to be received; where it is not known, the position. */
  next: number;
  /** NaN while the end is not known. */
  lag: number;
  lagMs: number;
  lagFrom: 'table' | 'record' | null;
  consumedPerSecond: number;
  producedPerSecond: number;
  catchUp: CatchUp;
  loss: LossClock;
  openTransaction: number;
  /** When the position was seen to move, epoch ms. */
  movedAt: number;
};

/** Measures the `i`th partition of a group whose rings are up to date. */
export function measurePartition(f: PartitionFacts, rings: CommitRings, i: number): Measured {
  const { next, lag, openTransaction } = unreadOf(f);
  const lags = rings.lags(i);
  const standing: Standing = {
    committed: f.committed,
    start: f.start,
    offsetsBehind: f.end < 0 ? Number.NaN : Math.max(0, f.end - f.committed),
    lag,
    emptyReads: f.emptyReads,
    isJoined: f.isJoined,
    trend: lagTrend(lags),
    rewoundFrom: rings.rewoundFrom[i]!,
    standingReads: rings.standingReads[i]!,
    standingMs: rings.standingReads[i] === 0 ? 0 : f.now - rings.standingSince[i]!,
    spanMs: rings.spanMs(i),
  };
  const rule = judgeState(standing);
  const { consumedPerSecond, producedPerSecond } = ratesOf(f, rings, i);
  const { timeMs, from } = writtenAt(f, next);
  const keepsUp = rule === 'touched-zero';
  return {
    rule,
    standing,
    next,
    lag,
    lagMs: lag === 0 ? 0 : Math.max(0, f.now - timeMs),
    lagFrom: lag === 0 ? null : from,
    consumedPerSecond,
    producedPerSecond,
    catchUp: catchUpOf(lag, consumedPerSecond, producedPerSecond, keepsUp),
    loss: lossClockOf({
      now: f.now,
      next: f.start >= 0 && f.committed < f.start ? f.committed : next,
      start: f.start,
      end: f.end,
      lag,
      // Retention goes by the record's own time, which its producer gave it.
      writtenAt: f.peek && f.peek.next === next ? f.peek.timeMs : timeMs,
      sizeBytes: f.sizeBytes,
      producedPerSecond,
      retention: f.retention,
    }),
    openTransaction,
    movedAt: rings.movedAt[i]!,
  };
}

/**
 * What a reader would still receive: up to the last stable offset, beginning with the first record that is there. What
 * an open transaction holds back is told apart.
 */
export function unreadOf(
  f: Pick<PartitionFacts, 'committed' | 'start' | 'end' | 'stable' | 'doneAhead' | 'peek'>,
): {
  next: number;
  lag: number;
  openTransaction: number;
} {
  const { committed, end, peek } = f;
  if (committed < 0 || end < 0) return { next: committed, lag: Number.NaN, openTransaction: 0 };
  const readable = f.stable >= 0 ? Math.min(f.stable, end) : end;
  const openTransaction = Math.max(0, end - Math.max(readable, committed));
  const found = peek?.committed !== committed ? committed : peek.next < 0 ? peek.until : peek.next;
  // What retention has taken is not received any more.
  const next = Math.max(found, committed, f.start);
  return { next, lag: Math.max(0, readable - next - f.doneAhead), openTransaction };
}

/** When the record at `next` was written: from the table, or else its own time, or else read between the two. */
function writtenAt(f: PartitionFacts, next: number): { timeMs: number; from: Measured['lagFrom'] } {
  const { peek, timeline } = f;
  if (timeline?.knows(next)) return { timeMs: timeline.timeOf(next), from: 'table' };
  if (!peek || peek.next < 0) return { timeMs: Number.NaN, from: null };
  if (peek.next === next) return { timeMs: peek.timeMs, from: 'record' };
  const timeMs = timeline?.timeOf(next, { offset: peek.next, timeMs: peek.timeMs }) ?? Number.NaN;
  return { timeMs, from: Number.isNaN(timeMs) ? null : 'record' };
}

function ratesOf(f: PartitionFacts, rings: CommitRings, i: number) {
  const move = rings.recentMove(i, f.now);
  if (!move) return { consumedPerSecond: Number.NaN, producedPerSecond: Number.NaN };
  const seconds = (f.now - move.sinceMs) / 1000;
  const endThen = f.timeline?.endAt(move.sinceMs) ?? Number.NaN;
  return {
    consumedPerSecond: move.records / seconds,
    producedPerSecond: f.end < 0 ? Number.NaN : Math.max(0, f.end - endThen) / seconds,
  };
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The same for the page: with the rule in words, offsets as texts. */
export function partitionLagOf(f: PartitionFacts, m: Measured, lags: ArrayLike<number>): PartitionLag {
  const held = f.end - f.start;
  return {
    state: ruleStates[m.rule],
    rule: ruleWords(m.rule, m.standing, lags),
    lagMessages: Number.isNaN(m.lag) ? null : String(m.lag),
    lagMs: orNull(m.lagMs),
    lagFrom: m.lagFrom,
    consumedPerSecond: orNull(m.consumedPerSecond),
    producedPerSecond: orNull(m.producedPerSecond),
    catchUp: m.catchUp,
    loss: m.loss,
    readShare:
      f.committed < 0 || f.start < 0 || held <= 0
        ? null
        : Math.min(1, Math.max(0, (f.committed - f.start) / held)),
    openTransactionMessages: f.end < 0 ? null : String(m.openTransaction),
    movedAt: orNull(m.movedAt),
  };
}
