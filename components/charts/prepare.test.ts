import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from './prepare.ts';
import { commonGaps, prepare, thin, timeTicks, valueAt, valueTicks, zoneOffset } from './prepare.ts';

const t0 = Date.parse('2026-11-21T02:00:00Z');
const every = 10_000;
const line = (count: number, value: (i: number) => number | null, from = t0): Point[] =>
  Array.from({ length: count }, (_, i) => [from + i * every, value(i)] as const);
const over = { from: t0, to: t0 + 59 * every };

describe('gaps', () => {
  it('a silence is a gap, never zero, and the line stops there', () => {
    const points = line(60, () => 5).filter((_, i) => i < 20 || i >= 30);
    const [series] = prepare([{ id: 'a', name: 'a', points }], over).series;
    expect(series?.gaps).toEqual([[t0 + 19 * every, t0 + 30 * every]]);
    expect(series?.points.some(([, value]) => value === 0)).toBe(false);
    expect(series?.points.filter(([, value]) => value === null)).toHaveLength(1);
    expect(series && valueAt(series, t0 + 25 * every)).toBeNull();
    expect(series && valueAt(series, t0 + 5 * every)).toBe(5);
  });
  it('samples that could not be taken are a gap', () => {
    const points = line(60, (i) => (i >= 20 && i < 30 ? null : 5));
    expect(prepare([{ id: 'a', name: 'a', points }], over).series[0]?.gaps).toHaveLength(1);
  });
  it('a single one is a gap as well, and nothing is known of now when it is the newest', () => {
    const points = line(60, (i) => (i === 20 || i >= 58 ? null : 5));
    const [series] = prepare([{ id: 'a', name: 'a', points }], over).series;
    expect(series?.gaps).toEqual([
      [t0 + 19 * every, t0 + 21 * every],
      [t0 + 57 * every, over.to],
    ]);
    expect(series?.points.filter(([, value]) => value === null)).toHaveLength(1);
    expect(series && valueAt(series, t0 + 20 * every)).toBeNull();
    expect(series?.now).toBeNull();
  });
  it('a silence of half a minute is a gap where samples are seconds apart', () => {
    const points = line(60, () => 5).filter((_, i) => i < 20 || i >= 22);
    expect(prepare([{ id: 'a', name: 'a', points }], over).series[0]?.gaps).toHaveLength(1);
    expect(prepare([{ id: 'a', name: 'a', points, everyMs: 30_000 }], over).series[0]?.gaps).toEqual([]);
  });
  it('samples of minutes before those of seconds are none', () => {
    const minutes = Array.from({ length: 10 }, (_, i): Point => [t0 + i * 60_000, 5]);
    const points = [...minutes, ...line(60, () => 5, t0 + 600_000)];
    const range = { from: t0 - 60_000, to: t0 + 600_000 + 59 * every };
    expect(prepare([{ id: 'a', name: 'a', points }], range).series[0]?.gaps).toEqual([]);
  });
  it('one late sample is none', () => {
    const points = line(60, () => 5).filter((_, i) => i !== 20);
    expect(prepare([{ id: 'a', name: 'a', points }], over).series[0]?.gaps).toEqual([]);
  });
  it('silence at the end means that now is unknown', () => {
    const stale = prepare([{ id: 'a', name: 'a', points: line(30, (i) => i) }], over).series[0];
    expect(stale?.now).toBeNull();
    expect(stale?.gaps).toEqual([[t0 + 29 * every, over.to]]);
    expect(prepare([{ id: 'a', name: 'a', points: line(60, (i) => i) }], over).series[0]?.now).toBe(59);
  });
  it('a chart hatches only where no series has a value', () => {
    expect(commonGaps([[[0, 10]], [[5, 20]]])).toEqual([[5, 10]]);
    expect(commonGaps([[[0, 10]], []])).toEqual([]);
  });
  it('nothing at all is empty, with the whole range a gap', () => {
    const empty = prepare([{ id: 'a', name: 'a', points: [] }], over);
    expect(empty.isEmpty).toBe(true);
    expect(empty.gaps).toEqual([[over.from, over.to]]);
    expect(empty.yTicks).toEqual([0]);
  });
});

describe('scales', () => {
  it('begins at zero and ends at a round value above the most', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (most) => {
        const ticks = valueTicks(most);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * 0.999);
        expect(ticks.length).toBeLessThanOrEqual(5);
      }),
    );
    expect(valueTicks(84.2)).toEqual([0, 50, 100]);
    expect(valueTicks(0)).toEqual([0, 1]);
  });
  it('ticks stand at round times of the zone', () => {
    const offset = zoneOffset(t0, 'Asia/Kolkata');
    expect(offset).toBe(5.5 * 3_600_000);
    const ticks = timeTicks(t0, t0 + 24 * 3_600_000, 6, offset);
    expect(ticks.every((at) => (at + offset) % (6 * 3_600_000) === 0)).toBe(true);
    expect(timeTicks(t0, t0 + 3_600_000).map((at) => new Date(at).toISOString().slice(11, 16))).toEqual(
      ['02:00', '02:10', '02:20', '02:30', '02:40', '02:50', '03:00'].slice(0, 7),
    );
  });
});

describe('thinning', () => {
  it('keeps the least and the most', () => {
    const points = line(5000, (i) => (i === 3333 ? 1000 : i === 1234 ? -5 : 10));
    const kept = thin(points, 400);
    expect(kept.length).toBeLessThanOrEqual(410);
    expect(Math.max(...kept.map(([, value]) => value ?? 0))).toBe(1000);
    expect(Math.min(...kept.map(([, value]) => value ?? 0))).toBe(-5);
    expect(kept.map(([at]) => at)).toEqual([...kept.map(([at]) => at)].sort((a, b) => a - b));
  });
});
