import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LossFacts, lossClockOf, worstLoss } from './loss-clock.ts';

const hour = 3_600_000;
const facts: LossFacts = {
  now: 10 * hour,
  next: 500,
  start: 0,
  end: 1_000,
  lag: 500,
  writtenAt: 8 * hour,
  sizeBytes: 1_000_000,
  producedPerSecond: 10,
  retention: { deletes: true, retentionMs: 3 * hour, retentionBytes: -1 },
};
const kept = { deletes: true, retentionMs: -1, retentionBytes: -1 };

describe('the clock of loss', () => {
  it('runs by the age of the next unread record', () => {
    expect(lossClockOf(facts)).toEqual({ kind: 'in', ms: hour, by: 'time' });
    expect(lossClockOf({ ...facts, writtenAt: hour })).toEqual({ kind: 'in', ms: 0, by: 'time' });
  });

  it('runs by size: what lies behind the record, and how fast it grows', () => {
    // 500 records of 1 kB lie behind it; 10 kB a second fill the 100 kB that are left.
    const retention = { ...kept, retentionBytes: 600_000 };
    expect(lossClockOf({ ...facts, retention })).toEqual({ kind: 'in', ms: 10_000, by: 'size' });
    expect(lossClockOf({ ...facts, retention: { ...retention, retentionBytes: 400_000 } })).toEqual({
      kind: 'in',
      ms: 0,
      by: 'size',
    });
  });

  it('takes what comes first', () => {
    const retention = { deletes: true, retentionMs: 2 * hour + 5_000, retentionBytes: 600_000 };
    expect(lossClockOf({ ...facts, retention })).toMatchObject({ ms: 5_000, by: 'time' });
    expect(lossClockOf({ ...facts, retention: { ...retention, retentionMs: 9 * hour } })).toMatchObject({
      ms: 10_000,
      by: 'size',
    });
  });

  it('has run out when the log begins behind the position', () => {
    expect(lossClockOf({ ...facts, start: 650 })).toEqual({ kind: 'lost', records: '150' });
  });

  it.each([
    ['nothing is unread', { ...facts, lag: 0 }, 'none'],
    ['compacted', { ...facts, retention: { ...kept, deletes: false } }, 'none'],
    ['kept for ever', { ...facts, retention: kept }, 'none'],
    [
      'limited by size and nobody writes',
      { ...facts, producedPerSecond: 0, retention: { ...kept, retentionBytes: 1e9 } },
      'none',
    ],
    ['configs that may not be read', { ...facts, retention: null }, 'unknown'],
    ['the time of the record is not known', { ...facts, writtenAt: Number.NaN }, 'unknown'],
    [
      'the size is not known',
      { ...facts, sizeBytes: Number.NaN, retention: { ...kept, retentionBytes: 1e9 } },
      'unknown',
    ],
  ])('%s', (_, own, kind) => {
    expect(lossClockOf(own).kind).toBe(kind);
  });

  it('a clock by time still runs where the size is not known', () => {
    const retention = { deletes: true, retentionMs: 3 * hour, retentionBytes: 1e9 };
    expect(lossClockOf({ ...facts, sizeBytes: Number.NaN, retention })).toMatchObject({
      ms: hour,
      by: 'time',
    });
  });

  it('never runs the wrong way: later records and larger limits have more time', () => {
    const number = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(number, number, number, (a, b, bytes) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)];
        const at = (next: number) =>
          lossClockOf({
            ...facts,
            next,
            lag: 1_001 - next,
            writtenAt: 5 * hour + next * 1_000,
            retention: { deletes: true, retentionMs: 6 * hour, retentionBytes: bytes * 1_000 },
          });
        const [first, second] = [at(earlier), at(later)];
        if (first.kind !== 'in' || second.kind !== 'in') throw new Error('It runs.');
        expect(second.ms).toBeGreaterThanOrEqual(first.ms);
      }),
    );
  });

  it('of a group is the worst of its partitions; lost records add up', () => {
    const lost = { kind: 'lost', records: '9007199254740993' } as const;
    expect(worstLoss(lost, { kind: 'lost', records: '2' })).toEqual({
      kind: 'lost',
      records: '9007199254740995',
    });
    expect(worstLoss({ kind: 'in', ms: 5, by: 'time' }, { kind: 'in', ms: 4, by: 'size' })).toMatchObject({
      ms: 4,
    });
    expect(worstLoss({ kind: 'none', why: '' }, { kind: 'unknown', why: 'x' }).kind).toBe('unknown');
    expect(worstLoss({ kind: 'in', ms: 5, by: 'time' }, lost).kind).toBe('lost');
  });
});
