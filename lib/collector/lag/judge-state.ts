import { formatCount, formatCountOf, formatDuration } from '#lib/format.ts';
import type { LagState } from '#lib/model/lag.ts';
import { ringSize } from './commit-rings.ts';
import type { LagTrend } from './lag-trend.ts';

/** Each rule gives one state; its name is what fired. */
export const ruleStates = {
  'over-run': 'over-run',
  'never-committed': 'never-committed',
  'end-unknown': 'ok',
  'left-behind': 'stopped',
  'nobody-reads': 'stopped',
  stands: 'stalled',
  'set-back': 'rewound',
  'nothing-unread': 'ok',
  'nothing-receivable': 'ok',
  'touched-zero': 'ok',
  'too-young': 'ok',
  grows: 'falling-behind',
  shrinks: 'catching-up',
  keeps: 'ok',
} as const satisfies Record<string, LagState>;
export type LagRule = keyof typeof ruleStates;

/** What is known of a group's position on one partition; NaN and -1 as in `PartitionFacts`. */
export type Standing = {
  committed: number;
  start: number;
  /** End less committed offset; NaN while the end is not known. */
  offsetsBehind: number;
  /** What would still be received of it. */
  lag: number;
  /** Readings in a row that found the group without members: 0 with members, infinite when it never had any. */
  emptyReads: number;
  /** Whether members join it at all: groups that only commit never have any. */
  isJoined: boolean;
  trend: LagTrend;
  rewoundFrom: number;
  standingReads: number;
  standingMs: number;
  /** How long records were overdue before the last commits, all together. */
  spanMs: number;
};

/**
 * The rule that says how it stands. None has a threshold: a position stands when ten readings found it where it was with
 * records unread, and that for longer than records were overdue before its last ten commits, all together. So a group that commits every minute is
 * given minutes, one that commits every second is not.
 */
export function judgeState(s: Standing): LagRule {
  if (s.committed < 0) return 'never-committed';
  if (s.start >= 0 && s.committed < s.start) return 'over-run';
  if (Number.isNaN(s.lag)) return 'end-unknown';
  const stands = s.standingReads >= ringSize && s.standingMs > s.spanMs;
  if (s.emptyReads > 0) {
    if (stands || (s.lag > 0 && s.isJoined && s.emptyReads === Number.POSITIVE_INFINITY))
      return 'left-behind';
    // A group that members join, and has none, is read by nobody, whether or not anything waits.
    if (s.lag <= 0 && s.isJoined && s.emptyReads >= ringSize) return 'nobody-reads';
  }
  if (s.lag <= 0) return s.offsetsBehind > 0 ? 'nothing-receivable' : 'nothing-unread';
  if (stands) return 'stands';
  if (s.committed < s.rewoundFrom) return 'set-back';
  if (s.trend === 'touched-zero') return 'touched-zero';
  if (s.trend === 'few') return 'too-young';
  return s.trend;
}

/** The rule with its numbers, as a sentence. `lags` are what was overdue after the last commits, oldest first. */
export function ruleWords(rule: LagRule, s: Standing, lags: ArrayLike<number>): string {
  const records = (n: number) => formatCountOf(n, 'record', 'records');
  const wait = `${records(s.lag)} ${s.lag === 1 ? 'waits' : 'wait'}`;
  const commits = lags.length === 1 ? 'its last commit' : `its last ${lags.length} commits`;
  const stands = s.standingReads >= ringSize;
  const window =
    lags.length === 1 ? `over ${formatCount(s.standingReads)} readings` : `longer than ${commits} took`;
  const [first, last] = [lags[0] ?? 0, lags[lags.length - 1] ?? 0];
  switch (rule) {
    case 'never-committed':
      return 'A member owns it and has committed nothing there.';
    case 'over-run':
      return `Its next record, ${formatCount(s.committed)}, is gone: the log begins at ${formatCount(s.start)}.`;
    case 'end-unknown':
      return 'Where the log ends is not known now.';
    case 'left-behind':
      return stands
        ? `The group has no members, ${wait}, and nothing was committed for ${formatDuration(s.standingMs)}, ${window}.`
        : `The group has no members, and ${wait}.`;
    case 'nobody-reads':
      return 'The group has no members. Nothing is unread.';
    case 'stands':
      return `The group has members, ${wait}, and its position stands for ${formatDuration(s.standingMs)}, ${window}.`;
    case 'set-back':
      return `It was set back from ${formatCount(s.rewoundFrom)} and has read up to ${formatCount(s.committed)} again.`;
    case 'nothing-unread':
      return 'Everything is read.';
    case 'nothing-receivable':
      return `${formatCount(s.offsetsBehind)} offsets up to the end hold no record to receive: markers, aborted or compacted records, or an open transaction.`;
    case 'touched-zero':
      return `Within ${commits} it had read all that was there at the reading before.`;
    case 'too-young':
      return `${records(s.lag)} behind, seen at ${lags.length === 1 ? 'one position' : `${lags.length} positions`} so far: a trend needs ten.`;
    case 'grows':
      return `It commits, and the distance grew from ${formatCount(first)} to ${formatCount(last)} over ${commits}.`;
    case 'shrinks':
      return `The distance shrank from ${formatCount(first)} to ${formatCount(last)} over ${commits}.`;
    case 'keeps':
      return `It is behind and keeps its distance: ${formatCount(first)} and ${formatCount(last)} before and after ${commits}.`;
  }
}
