import { describe, expect, it } from 'vitest';
import type { Change } from './flags.ts';
import { flagsOf, foldFlags, letterOf } from './flags.ts';

const change = (at: number): Change => ({ at, title: `at ${at}`, severity: 'note' });

describe('letters of changes', () => {
  it('follow time, only inside the range, the worst and newest when there are too many', () => {
    const changes = [change(50), change(10), change(30), change(999)];
    const flags = flagsOf(changes, 20, 100);
    expect(flags.map((flag) => `${flag.letter}${flag.at}`)).toEqual(['A30', 'B50']);
    expect(flagsOf(changes, 0, 100, 2).map((flag) => flag.at)).toEqual([30, 50]);
    const down = { ...change(1), severity: 'critical' as const };
    expect(flagsOf([...changes, down], 0, 100, 2).map((flag) => flag.at)).toEqual([1, 50]);
    expect(letterOf(flags, change(50))?.letter).toBe('B');
    expect(letterOf(flags, change(10))).toBeUndefined();
  });
  it('fold where they would stand on each other, as bad as the worst', () => {
    const flags = flagsOf([change(10), { ...change(12), severity: 'critical' }, change(40)], 0, 100);
    expect(foldFlags(flags, 5)).toMatchObject([
      { label: 'A–B', at: 12, severity: 'critical' },
      { label: 'C', at: 40, severity: 'note' },
    ]);
    expect(foldFlags(flags, 1).map((group) => group.label)).toEqual(['A', 'B', 'C']);
  });
});
