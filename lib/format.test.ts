import { describe, expect, it } from 'vitest';
import {
  clipMiddle,
  formatAge,
  formatBytes,
  formatChange,
  formatClock,
  formatCount,
  formatCountOf,
  formatDateTime,
  formatDay,
  formatDuration,
  formatLimit,
  formatMeasure,
  formatPercent,
  formatRate,
  formatRateShort,
  formatTime,
  formatWhen,
  splitName,
} from './format.ts';

const at = Date.parse('2026-11-21T02:12:38.204Z');

describe('numbers', () => {
  it('keeps 64-bit numbers exact', () => {
    expect(formatCount('9223372036854775807')).toBe('9,223,372,036,854,775,807');
    expect(formatCount(9007199254740993n)).toBe('9,007,199,254,740,993');
    expect(formatCount(0)).toBe('0');
    expect(formatCount(-1234)).toBe('−1,234');
    expect(formatCount(999)).toBe('999');
  });
  it('writes the sign of a change', () => {
    expect([formatChange(62), formatChange(-4), formatChange(0)]).toEqual(['+62', '−4', '0']);
  });
  it('counts things by name', () => {
    expect(formatCountOf(1, 'topic', 'topics')).toBe('1 topic');
    expect(formatCountOf('2418', 'partition', 'partitions')).toBe('2,418 partitions');
  });
  it('shows sizes in decimal units', () => {
    const text = (bytes: number, digits?: number) => Object.values(formatBytes(bytes, digits)).join(' ');
    expect(text(0)).toBe('0 B');
    expect(text(431)).toBe('431 B');
    expect(text(999)).toBe('999 B');
    expect(text(1_100_000_000)).toBe('1.1 GB');
    expect(text(188_000_000_000)).toBe('188 GB');
    expect(text(84_230_000, 3)).toBe('84.2 MB');
    expect(text(231_000_000, 3)).toBe('231 MB');
    expect(text(999_600)).toBe('1.0 MB');
    expect(formatBytes('9223372036854775807')).toEqual({ value: '9.2', unit: 'EB' });
  });
  it('shortens rates in headlines only', () => {
    expect(formatRateShort(61_800)).toEqual({ value: '61.8', unit: 'k/s' });
    expect(formatRateShort(1_234_000)).toEqual({ value: '1.23', unit: 'M/s' });
    expect(formatRateShort(310)).toEqual({ value: '310', unit: '/s' });
    expect([
      formatRate(2140.3),
      formatRate(14.94),
      formatRate(0),
      formatRate(0.01),
      formatRate(99.96),
    ]).toEqual(['2,140', '14.9', '0', '<0.1', '100']);
  });
  it('does not call something nothing', () => {
    expect([formatPercent(0.64), formatPercent(0.002), formatPercent(0), formatPercent(1)]).toEqual([
      '64%',
      '<1%',
      '0%',
      '100%',
    ]);
  });
});

describe('lengths of time', () => {
  it('uses two units at most', () => {
    const h = 3_600_000;
    expect(formatDuration(5 * h + 8 * 60_000 + 22_000)).toBe('5 h 08 min');
    expect(formatDuration(14 * 60_000 + 9_000)).toBe('14 min 09 s');
    expect(formatDuration(38_000)).toBe('38 s');
    expect(formatDuration(412)).toBe('412 ms');
    expect(formatDuration(1800)).toBe('1.8 s');
    expect(formatDuration(2 * 24 * h + 23 * h)).toBe('2 d 23 h');
    expect(formatDuration(6 * h)).toBe('6 h');
    expect(formatDuration('604800000')).toBe('7 d');
    expect(formatDuration(59_999)).toBe('1 min');
  });
  it('ages in whole steps', () => {
    expect([formatAge(2_900), formatAge(59_999), formatAge(31 * 60_000 + 59_000)]).toEqual([
      '2 s',
      '59 s',
      '31 min',
    ]);
  });
  it('counts a clock down', () => {
    expect(formatClock(51 * 60_000 + 38_000)).toBe('51:38');
    expect(formatClock(18_502_000)).toBe('5:08:22');
    expect(formatClock(-5)).toBe('00:00');
  });
});

describe('times', () => {
  it('names the zone once', () => {
    expect(formatDateTime(at, 'Europe/Paris')).toBe('21 Nov 2026, 03:12:38 CET');
    expect(formatDateTime(at, 'UTC')).toBe('21 Nov 2026, 02:12:38 UTC');
    expect(formatTime(at, 'UTC', 'ms')).toBe('02:12:38.204');
    expect(formatTime('2026-11-20T23:00:00Z', 'Europe/Paris', 'min')).toBe('00:00');
  });
  it('is relative up to a day and absolute after', () => {
    expect(formatWhen(at - 31 * 60_000, at, 'UTC')).toBe('31 min ago');
    expect(formatWhen(at - 400, at, 'UTC')).toBe('just now');
    expect(formatWhen(at + 8_000, at, 'UTC')).toBe('in 8 s');
    expect(formatWhen('2026-11-14T02:41:07Z', at, 'UTC')).toBe('14 Nov 02:41');
    expect(formatWhen('2025-01-02T00:00:00Z', at, 'UTC')).toBe('2 Jan 2025');
    expect(formatDay('2026-09-02T00:00:00Z', 'UTC')).toBe('2 Sep');
  });
  it('says that a broken time is unknown', () => {
    expect(formatWhen('soon', at, 'UTC')).toBe('Unknown');
    expect(formatDateTime(Number.NaN, 'UTC')).toBe('Unknown');
  });
});

describe('names', () => {
  it('keeps the version when a name is clipped', () => {
    expect(splitName('shipments.tracking-events.v1')).toEqual(['shipments.tracking-events', '.v1']);
    expect(splitName('short.v1')).toEqual(['short.v1', '']);
    expect(clipMiddle('shipments.tracking-events.v1', 16)).toBe('shipments.tr….v1');
    expect(clipMiddle('orders.v1', 16)).toBe('orders.v1');
  });
  it('loses nothing by the split', () => {
    for (const name of ['a'.repeat(40), 'cdc.orders-db.public.order_lines', '.hidden', 'x.y.z.w.v10'])
      expect(splitName(name).join('')).toBe(name);
  });
});

describe('numbers of series', () => {
  it.each([
    [1500, 'records/s', '1,500/s'],
    [0.5, '/s', '0.5/s'],
    [900_000, 'ms', '15 min'],
    [20e9, 'bytes/s', '20 GB/s'],
    [0.8, 'share', '80%'],
    [100_000, 'records', '100,000 records'],
    [7, 'days', '7 days'],
    [0, 'count', '0'],
  ] as const)('a limit of %d %s is %s', (value, unit, text) => expect(formatLimit(value, unit)).toBe(text));
  it.each([
    [61_800, 'records/s', '61.8 k/s'],
    [849_000, 'ms', '14 min 09 s'],
    [1.1e9, 'bytes', '1.10 GB'],
    [0.64, 'share', '64%'],
    [12_041, 'records', '12,041'],
    [Number.NaN, 'ms', 'unknown'],
  ] as const)('a measured %d %s is %s', (value, unit, text) => expect(formatMeasure(value, unit)).toBe(text));
});
