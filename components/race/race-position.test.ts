import { describe, expect, it } from 'vitest';
import type { PartitionLag } from '#lib/model/lag.ts';
import { paceOf, placeOf, racePosition, retentionWins } from './race-position.ts';

describe('position in a log', () => {
  it('goes from what retention deletes next to now, exact for 64-bit offsets', () => {
    expect(racePosition('9223372036854775807', '9223372036854775707', '9223372036854775807')).toBe(1);
    expect(racePosition('9223372036854775757', '9223372036854775707', '9223372036854775807')).toBe(0.5);
    expect(racePosition(0, 100, 200)).toBe(0);
    expect(racePosition(null, 0, 10)).toBeNull();
  });
  it('an empty log is read to its end', () => {
    expect(racePosition(5, 5, 5)).toBe(1);
  });
});

const minute = 60_000;
const lag = (facts: Partial<PartitionLag>) => ({
  state: 'stalled' as const,
  lagMs: 5 * 60 * minute,
  lagMessages: '100',
  catchUp: { kind: 'never' } as const,
  loss: { kind: 'in', ms: 50 * minute, by: 'time' } as const,
  ...facts,
});
const offsets = { committedOffset: '150', startOffset: '100', endOffset: '200' };

describe('pace of a reader', () => {
  it('loses within the hour only when retention comes first', () => {
    expect(paceOf(lag({}))).toBe('losing');
    expect(paceOf(lag({ loss: { kind: 'in', ms: 61 * minute, by: 'time' } }))).toBe('behind');
    expect(paceOf(lag({ state: 'ok', catchUp: { kind: 'in', ms: 1000 } }))).toBe('keeping');
    expect(paceOf(lag({ state: 'stopped' }))).toBe('losing');
    expect(paceOf(lag({ loss: { kind: 'lost', records: '3' } }))).toBe('losing');
  });
  it('one that is behind where nothing is deleted falls behind and loses nothing', () => {
    const kept = lag({ state: 'falling-behind', loss: { kind: 'none', why: 'Kept for ever.' } });
    expect(retentionWins(kept)).toBe(false);
    expect(paceOf(kept)).toBe('behind');
    expect(paceOf({ ...kept, state: 'stopped' })).toBe('keeping');
  });
  it('one that reads loses too when its window is nearly used up and it is not there in time', () => {
    const late = lag({ state: 'ok', loss: { kind: 'in', ms: minute, by: 'time' } });
    expect(retentionWins({ ...late, catchUp: { kind: 'in', ms: 60 * minute } })).toBe(true);
    expect(retentionWins({ ...late, catchUp: { kind: 'unknown', why: '' } })).toBe(false);
    expect(retentionWins({ ...late, lagMs: minute })).toBe(false);
  });
  it('one that catches up in time keeps pace however short the clock is', () => {
    expect(retentionWins(lag({ state: 'falling-behind', catchUp: { kind: 'in', ms: minute } }))).toBe(false);
  });
});

describe('place of a reader', () => {
  it('is one of time where retention goes by time', () => {
    const place = placeOf({
      ...offsets,
      lag: lag({ lagMs: 30 * minute, loss: { kind: 'in', ms: 90 * minute, by: 'time' } }),
    });
    expect(place).toMatchObject({ position: 0.75, windowMs: 120 * minute });
  });
  it('is one of offsets where it goes by size, or the age is not known', () => {
    expect(placeOf({ ...offsets, lag: lag({ loss: { kind: 'in', ms: minute, by: 'size' } }) })).toMatchObject(
      {
        position: 0.5,
        windowMs: null,
      },
    );
    expect(placeOf({ ...offsets, lag: lag({ lagMs: null }) }).position).toBe(0.5);
  });
  it('stands at the edge past retention, where the clock tells no window any more', () => {
    const past = lag({ loss: { kind: 'in', ms: 0, by: 'time' } });
    expect(placeOf({ ...offsets, lag: past })).toMatchObject({ position: 0, windowMs: null });
  });
  it('stands at the end when all is read, also behind a tail that nobody receives', () => {
    expect(placeOf({ ...offsets, lag: lag({ state: 'ok', lagMessages: '0', lagMs: 0 }) }).position).toBe(1);
  });
  it('stands at the edge when records are gone, and nowhere when nothing was committed', () => {
    expect(placeOf({ ...offsets, lag: lag({ loss: { kind: 'lost', records: '9' } }) }).position).toBe(0);
    const never = { ...offsets, committedOffset: null };
    expect(
      placeOf({ ...never, lag: lag({ loss: { kind: 'none', why: '' }, lagMessages: null }) }).position,
    ).toBeNull();
  });
});
