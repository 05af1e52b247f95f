import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommitRings, ringSize } from './commit-rings.ts';

const ringOf = (readings: readonly [offset: number, lag: number, at: number][]) => {
  const rings = new CommitRings(Int32Array.of(7));
  // The end is far away, so that what is unread is overdue too.
  for (const [offset, lag, at] of readings) rings.add(0, offset, 1e9, lag, at);
  return rings;
};

describe('rings of commits', () => {
  it('remember the smallest lag after each commit', () => {
    const rings = ringOf([
      [10, 5, 1_000],
      [10, 9, 2_000],
      [20, 4, 3_000],
      [20, 2, 4_000],
    ]);
    expect([...rings.lags(0)]).toEqual([5, 2]);
    expect(rings.movedAt[0]).toBe(3_000);
    expect(rings.spanMs(0)).toBe(2_000);
  });

  it('count readings that found it standing with records unread, from the first of them', () => {
    const rings = ringOf([
      [10, 0, 1_000],
      [10, 0, 2_000],
      [10, 3, 3_000],
      [10, 6, 4_000],
    ]);
    expect([rings.standingReads[0], rings.standingSince[0]]).toEqual([2, 3_000]);
    rings.add(0, 10, 1e9, 0, 5_000);
    expect(rings.standingReads[0]).toBe(0);
    rings.add(0, 11, 1e9, 4, 6_000);
    expect([rings.standingReads[0], rings.standingSince[0]]).toEqual([1, 6_000]);
  });

  it('count as overdue what was there at the reading before', () => {
    const rings = new CommitRings(Int32Array.of(0));
    rings.add(0, 90, 100, 10, 1_000);
    rings.add(0, 98, 120, 22, 2_000);
    rings.add(0, 120, 150, 30, 3_000);
    expect([...rings.lags(0)]).toEqual([10, 2, 0]);
    expect(rings.standingReads[0]).toBe(0);
  });

  it('tell how long records were overdue before the commits, without the time when nothing was', () => {
    const rings = new CommitRings(Int32Array.of(0));
    const hour = 3_600_000;
    // A batch every six hours, read within ten seconds of the reading that saw it.
    for (let batch = 0; batch < 12; batch++) {
      const [at, end] = [batch * 6 * hour, (batch + 1) * 100];
      rings.add(0, end - 100, end, 100, at);
      rings.add(0, end - 100, end, 100, at + 5_000);
      rings.add(0, end, end, 0, at + 10_000);
    }
    expect(rings.spanMs(0)).toBe(10 * 5_000);
  });

  it('begin anew when the position is set back, and know from where until it is there again', () => {
    const rings = ringOf([
      [10, 0, 1_000],
      [20, 0, 2_000],
      [5, 15, 3_000],
    ]);
    expect(rings.rewoundFrom[0]).toBe(20);
    expect([...rings.lags(0)]).toEqual([15]);
    rings.add(0, 19, 1e9, 1, 4_000);
    expect(rings.rewoundFrom[0]).toBe(20);
    rings.add(0, 3, 1e9, 17, 5_000);
    expect(rings.rewoundFrom[0]).toBe(20);
    rings.add(0, 20, 1e9, 0, 6_000);
    expect(rings.rewoundFrom[0]).toBe(-1);
  });

  it('tell what was passed in the last two minutes', () => {
    const rings = ringOf([
      [0, 0, 0],
      [600, 0, 60_000],
      [1_200, 0, 120_000],
    ]);
    expect(rings.recentMove(0, 120_000)).toEqual({ records: 1_200, sinceMs: 0 });
    // At the beginning of the window the position was where the first commit had left it.
    expect(rings.recentMove(0, 150_000)).toEqual({ records: 1_200, sinceMs: 30_000 });
    expect(rings.recentMove(0, 200_000)).toEqual({ records: 600, sinceMs: 80_000 });
    expect(rings.recentMove(0, 900_000)).toEqual({ records: 0, sinceMs: 780_000 });
  });

  it('say nothing of a rate before there was time to move', () => {
    const rings = ringOf([[10, 5, 1_000]]);
    expect(rings.recentMove(0, 1_000)).toBeNull();
    rings.add(0, 10, 1e9, 5, 2_000);
    rings.add(0, 10, 1e9, 5, 3_000);
    expect(rings.recentMove(0, 3_000)).toEqual({ records: 0, sinceMs: 1_000 });
  });

  it('hold at most ten commits, and what they hold is what was seen last', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 60 }), (steps) => {
        const rings = new CommitRings(Int32Array.of(0));
        const commits: number[] = [];
        let offset = 0;
        steps.forEach((step, i) => {
          offset += step;
          if (commits.length === 0 || step > 0) commits.push(1_000 - offset);
          rings.add(0, offset, 1e9, 1_000 - offset, i * 1_000);
        });
        expect([...rings.lags(0)]).toEqual(commits.slice(-ringSize));
      }),
    );
  });

  it('go along when rows mean other partitions', () => {
    const rings = ringOf([
      [10, 5, 1_000],
      [20, 4, 2_000],
    ]);
    const moved = rings.movedTo(Int32Array.of(3, 9), (row) => (row === 9 ? 7 : -1));
    expect([...moved.lags(0)]).toEqual([]);
    expect([...moved.lags(1)]).toEqual([5, 4]);
    expect(moved.movedAt[1]).toBe(2_000);
    expect(moved.spanMs(1)).toBe(1_000);
  });
});
