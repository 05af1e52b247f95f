import { describe, expect, it } from 'vitest';
import type { LogDir } from '#lib/model/columns.ts';
import { Disks } from './disk-points.ts';

const GB = 1_000_000_000;
const minute = 60_000;
const dir = (
  broker: number,
  free: number | null,
  path = '/data',
  total: number | null = 100 * GB,
): LogDir => ({
  broker,
  path,
  errorCode: 0,
  totalBytes: total,
  freeBytes: free,
});
const daysOf = (disks: Disks, dirs: LogDir[], at: number) =>
  disks.points(dirs, at).find(({ kind }) => kind === 'broker.disk-days')?.value;

describe('disks', () => {
  it('are full after as many days as they fill now', () => {
    const disks = new Disks();
    let days: number | undefined;
    // 10 GB a day out of 50.
    for (let m = 0; m <= 120; m++) days = daysOf(disks, [dir(1, 50 * GB - (m / 1440) * 10 * GB)], m * minute);
    expect(days).toBeCloseTo(4.917, 2);
  });

  it('that stand, empty, or were just met are not said to fill', () => {
    const disks = new Disks();
    expect(daysOf(disks, [dir(1, 50 * GB)], 0)).toBeNaN();
    expect(daysOf(disks, [dir(1, 49 * GB)], 9 * minute)).toBeNaN();
    const still = new Disks();
    for (let m = 0; m < 30; m++) daysOf(still, [dir(1, 50 * GB)], m * minute);
    expect(daysOf(still, [dir(1, 50 * GB)], 30 * minute)).toBe(365);
  });

  it('are not moved much by what retention deletes', () => {
    const disks = new Disks();
    let days: number | undefined;
    // A gigabyte is written in ten minutes and deleted at once.
    for (let m = 0; m <= 24 * 60; m++)
      days = daysOf(disks, [dir(1, 50 * GB - ((m % 10) / 10) * GB)], m * minute);
    expect(days).toBeGreaterThan(100);
  });

  it('of a broker with several count by the fullest, and by the one that is full first', () => {
    const disks = new Disks();
    const dirs = (m: number) => [dir(1, 90 * GB - m * GB, '/fast'), dir(1, 10 * GB, '/small')];
    for (let m = 0; m < 20; m++) disks.points(dirs(m), m * minute);
    const points = new Map(disks.points(dirs(20), 20 * minute).map(({ kind, value }) => [kind, value]));
    expect(points.get('broker.disk-free')).toBe(10 * GB);
    expect(points.get('broker.disk-days')).toBeCloseTo(70 / 1440, 3);
  });

  it('that a broker does not tell are none', () => {
    expect(new Disks().points([dir(1, null, '/data', null)], 0)).toEqual([]);
  });

  it('go on after a restart from what was kept of them', () => {
    const disks = new Disks();
    const levels = Array.from({ length: 60 }, (_, m) => ({
      at: m * minute,
      free: 50 * GB - (m / 1440) * 10 * GB,
    }));
    const now = [dir(1, levels[59]!.free), dir(2, 5 * GB), dir(2, 6 * GB, '/other')];
    disks.remember(
      now,
      new Map([
        [1, levels],
        [2, levels],
      ]),
    );
    const days = new Map(
      disks
        .points(now, 60 * minute)
        .filter(({ kind }) => kind === 'broker.disk-days')
        .map(({ name, value }) => [name, value]),
    );
    expect(days.get('1')).toBeCloseTo(4.96, 1);
    expect(days.get('2')).toBeNaN();
  });
});
