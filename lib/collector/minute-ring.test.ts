import { describe, expect, it } from 'vitest';
import { MinuteRing } from './minute-ring.ts';

const minute = 60_000;
const start = 1_000_000 * minute;

describe('MinuteRing', () => {
  it('keeps the mean of each minute, oldest first, and a gap where nothing came', () => {
    const ring = new MinuteRing();
    ring.add('a', 10, start);
    ring.add('a', 20, start + 30_000);
    ring.add('a', 7, start + 2 * minute);
    expect(ring.read('a').slice(-3)).toEqual([15, null, 7]);
    expect(ring.read('a')).toHaveLength(60);
  });

  it('forgets what is older than an hour, also after a long silence', () => {
    const ring = new MinuteRing();
    ring.add('a', 1, start);
    ring.add('a', 2, start + 500 * minute);
    expect(ring.read('a').filter((value) => value !== null)).toEqual([2]);
  });

  it('takes unknown for nothing, never for zero', () => {
    const ring = new MinuteRing();
    ring.add('a', Number.NaN, start);
    expect(ring.read('a')).toEqual([]);
  });

  it('drops names that are gone', () => {
    const ring = new MinuteRing();
    ring.add('a', 1, start);
    ring.add('b', 1, start);
    ring.keep(new Set(['b']));
    expect(ring.read('a')).toEqual([]);
    expect(ring.read('b')).not.toEqual([]);
  });

  it('takes in what history knows of the minutes before, and leaves what it has seen itself', () => {
    const ring = new MinuteRing();
    const now = 1_000;
    ring.add('a', 7, now * 60_000);
    ring.fill('a', [1, null, 3, 99], now);
    expect(ring.read('a').slice(-5)).toEqual([null, 1, null, 3, 7]);
    ring.fill('b', [5], now - 200);
    expect(ring.read('b')).toEqual(Array(60).fill(null));
  });
});
