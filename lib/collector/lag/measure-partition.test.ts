import { describe, expect, it } from 'vitest';
import { CommitRings } from './commit-rings.ts';
import { measurePartition, type PartitionFacts, partitionLagOf, unreadOf } from './measure-partition.ts';
import { OffsetTimeline } from './offset-timeline.ts';

const facts: PartitionFacts = {
  now: 100_000,
  committed: 50,
  start: 0,
  end: 80,
  stable: -1,
  sizeBytes: 8_000,
  retention: null,
  doneAhead: 0,
  timeline: null,
  peek: null,
  emptyReads: 0,
  isJoined: true,
};

describe('what a consumer would still receive', () => {
  it.each([
    ['up to the end', {}, { next: 50, lag: 30, openTransaction: 0 }],
    ['an open transaction is told apart', { stable: 70 }, { next: 50, lag: 20, openTransaction: 10 }],
    ['all of it held back', { stable: 50 }, { next: 50, lag: 0, openTransaction: 30 }],
    [
      'a reader of uncommitted records is beyond it',
      { stable: 40 },
      { next: 50, lag: 0, openTransaction: 30 },
    ],
    ['what is gone is not received any more', { start: 60 }, { next: 60, lag: 20, openTransaction: 0 }],
    [
      'records are there, after a gap',
      { peek: { committed: 50, next: 55, timeMs: 1, until: 60 } },
      { next: 55, lag: 25, openTransaction: 0 },
    ],
    [
      'nothing but markers up to the end',
      { peek: { committed: 50, next: -1, timeMs: Number.NaN, until: 80 } },
      { next: 80, lag: 0, openTransaction: 0 },
    ],
    [
      'new records after an empty stretch',
      { end: 85, peek: { committed: 50, next: -1, timeMs: Number.NaN, until: 80 } },
      { next: 80, lag: 5, openTransaction: 0 },
    ],
    [
      'what was found for an earlier position says nothing of this one',
      { peek: { committed: 40, next: -1, timeMs: Number.NaN, until: 80 } },
      { next: 50, lag: 30, openTransaction: 0 },
    ],
    ['share groups are done with some already', { doneAhead: 12 }, { next: 50, lag: 18, openTransaction: 0 }],
  ])('%s', (_, own, expected) => {
    expect(unreadOf({ ...facts, ...own })).toEqual(expected);
  });

  it('is not known without an end', () => {
    expect(unreadOf({ ...facts, end: -1 }).lag).toBeNaN();
  });
});

/** A position that was read every ten seconds, on a log that grows by ten records a second. */
function history(offsetAt: (seconds: number) => number) {
  const rings = new CommitRings(Int32Array.of(0));
  const timeline = new OffsetTimeline();
  for (let seconds = 0; seconds <= 150; seconds += 10) {
    timeline.add(seconds * 10, seconds * 1_000);
    const end = seconds * 10;
    rings.add(0, offsetAt(seconds), end, end - offsetAt(seconds), seconds * 1_000);
  }
  return { rings, own: { ...facts, now: 150_000, timeline, end: 1_500, committed: offsetAt(150) } };
}

describe('a partition measured', () => {
  it('falls behind: rates, age of the next record, never', () => {
    const { rings, own } = history((seconds) => seconds * 4);
    const measured = measurePartition(own, rings, 0);
    expect(measured).toMatchObject({
      rule: 'grows',
      catchUp: { kind: 'never' },
      consumedPerSecond: 4,
      producedPerSecond: 10,
      lag: 900,
    });
    // Record 600 was written after sixty seconds.
    expect(measured.lagMs).toBeCloseTo(89_950, 6);
    expect(measured.lagFrom).toBe('table');
  });

  it('catches up in the time that the spare rate takes', () => {
    const { rings, own } = history((seconds) => -1_000 + seconds * 14);
    expect(measurePartition({ ...own, start: -1 }, rings, 0)).toMatchObject({
      rule: 'shrinks',
      lag: 400,
      catchUp: { kind: 'in', ms: 100_000 },
    });
  });

  it('takes the time of the record itself where the table does not reach', () => {
    const { rings, own } = history((seconds) => seconds * 10);
    const measured = measurePartition(
      {
        ...own,
        committed: 5,
        timeline: new OffsetTimeline(),
        peek: { committed: 5, next: 5, timeMs: 90_000, until: 6 },
      },
      rings,
      0,
    );
    expect([measured.lagMs, measured.lagFrom]).toEqual([60_000, 'record']);
  });

  it('never gives a negative age, whatever time a record says', () => {
    const { rings, own } = history((seconds) => seconds * 10);
    const peek = { committed: 5, next: 5, timeMs: 9e15, until: 6 };
    const measured = measurePartition({ ...own, committed: 5, timeline: null, peek }, rings, 0);
    expect(measured.lagMs).toBe(0);
  });

  it('is told as texts and nulls, with the share that is read', () => {
    const { rings, own } = history((seconds) => seconds * 4);
    const lag = partitionLagOf(own, measurePartition(own, rings, 0), rings.lags(0));
    expect(lag).toMatchObject({
      state: 'falling-behind',
      lagMessages: '900',
      readShare: 0.4,
      openTransactionMessages: '0',
      movedAt: 150_000,
      loss: { kind: 'unknown' },
    });
    const unknown = { ...own, end: -1, timeline: null };
    expect(partitionLagOf(unknown, measurePartition(unknown, rings, 0), [])).toMatchObject({
      lagMessages: null,
      lagMs: null,
      openTransactionMessages: null,
    });
  });
});
