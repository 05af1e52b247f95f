import { describe, expect, it } from 'vitest';
import { ProbeWindow } from './probe-window.ts';

const valuesOf = (window: ProbeWindow, now: number) =>
  Object.fromEntries(
    window.points('1', now).map(({ kind, value }) => [kind.slice('broker.canary-'.length), value]),
  );

describe('what probes say', () => {
  it('is half of them, the slowest, and how many came back', () => {
    const window = new ProbeWindow(60_000);
    for (let i = 1; i <= 200; i++) window.add(1_000, i);
    for (let i = 0; i < 50; i++) window.add(1_000, null);
    expect(valuesOf(window, 2_000)).toEqual({ p50: 100, p99: 198, max: 200, availability: 0.8 });
  });

  it('is of the newest minute only', () => {
    const window = new ProbeWindow(60_000);
    window.add(0, 900);
    window.add(50_000, 10);
    expect(valuesOf(window, 61_000)).toEqual({ p50: 10, p99: 10, max: 10, availability: 1 });
    expect(window.points('1', 200_000)).toEqual([]);
  });

  it('is that nothing came back where nothing did, without a time', () => {
    const window = new ProbeWindow(60_000);
    window.add(0, null);
    expect(valuesOf(window, 0)).toEqual({
      p50: Number.NaN,
      p99: Number.NaN,
      max: Number.NaN,
      availability: 0,
    });
  });
});
