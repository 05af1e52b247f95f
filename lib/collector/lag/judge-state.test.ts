import { describe, expect, it } from 'vitest';
import { judgeState, ruleStates, ruleWords, type Standing } from './judge-state.ts';
import { lagTrend } from './lag-trend.ts';

const moving: Standing = {
  committed: 100,
  start: 0,
  offsetsBehind: 10,
  lag: 10,
  emptyReads: 0,
  isJoined: true,
  trend: 'keeps',
  rewoundFrom: -1,
  standingReads: 1,
  standingMs: 0,
  spanMs: 90_000,
};
const standing = { ...moving, standingReads: 12, standingMs: 120_000 };
const nothing = { ...moving, lag: 0, offsetsBehind: 0, standingReads: 0 };

describe('the trend of lags after commits', () => {
  it.each([
    [[5, 0, 7, 9, 11], 'touched-zero'],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9], 'few'],
    [[5, 5, 5, 5, 5, 5, 5, 5, 5, 5], 'keeps'],
    [[5, 6, 9, 9, 12, 12, 12, 13, 20, 21], 'grows'],
    [[10, 12, 11, 13, 9, 20, 19, 21, 20, 22], 'grows'],
    [[9, 8, 8, 7, 7, 6, 5, 4, 3, 1], 'shrinks'],
    [[30, 31, 29, 30, 32, 12, 13, 11, 12, 10], 'shrinks'],
    [[10, 12, 9, 11, 10, 12, 11, 9, 10, 12], 'keeps'],
  ] as const)('%j: %s', (lags, trend) => {
    expect(lagTrend(lags)).toBe(trend);
  });
});

describe('the state of a position', () => {
  it.each([
    ['never-committed', { ...moving, committed: -1 }, 'never-committed'],
    ['over-run', { ...moving, start: 150 }, 'over-run'],
    ['an end that is not known', { ...moving, lag: Number.NaN }, 'ok'],
    ['all read', nothing, 'ok'],
    ['nothing but markers left', { ...nothing, offsetsBehind: 3 }, 'ok'],
    ['members, and the position stands for ten readings', standing, 'stalled'],
    ['one that commits rarely is given the time of its last commits', { ...standing, spanMs: 300_000 }, 'ok'],
    ['no members, and it stands', { ...standing, emptyReads: 1 }, 'stopped'],
    [
      'no members, and it was never seen with any',
      { ...moving, emptyReads: Number.POSITIVE_INFINITY },
      'stopped',
    ],
    ['members left a moment ago', { ...moving, emptyReads: 1 }, 'ok'],
    ['no members for long and nothing unread', { ...nothing, emptyReads: 10 }, 'stopped'],
    [
      'a group that only commits has no members and reads',
      { ...nothing, emptyReads: 50, isJoined: false },
      'ok',
    ],
    ['set back', { ...moving, rewoundFrom: 500 }, 'rewound'],
    ['set back, and stands since', { ...standing, rewoundFrom: 500 }, 'stalled'],
    ['was level within the window', { ...moving, trend: 'touched-zero' as const }, 'ok'],
    ['too few commits to say', { ...moving, trend: 'few' as const }, 'ok'],
    ['behind and growing', { ...moving, trend: 'grows' as const }, 'falling-behind'],
    ['behind and shrinking', { ...moving, trend: 'shrinks' as const }, 'catching-up'],
    ['behind at the same distance', moving, 'ok'],
  ])('%s', (_, facts, state) => {
    expect(ruleStates[judgeState(facts)]).toBe(state);
  });

  it('records that were lost outweigh that nobody reads', () => {
    expect(judgeState({ ...standing, emptyReads: 1, start: 150 })).toBe('over-run');
  });

  it('is told in words with the numbers that gave it', () => {
    expect(ruleWords('stands', { ...standing, lag: 1 }, [1])).toBe(
      'The group has members, 1 record waits, and its position stands for 2 min, over 12 readings.',
    );
    expect(ruleWords('grows', moving, [5, 6, 7, 8, 1_210])).toBe(
      'It commits, and the distance grew from 5 to 1,210 over its last 5 commits.',
    );
    expect(ruleWords('over-run', { ...moving, start: 150 }, [])).toBe(
      'Its next record, 100, is gone: the log begins at 150.',
    );
  });
});
