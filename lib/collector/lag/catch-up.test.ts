import { describe, expect, it } from 'vitest';
import { catchUpOf, worstCatchUp } from './catch-up.ts';

describe('when the unread is read', () => {
  it.each([
    ['nothing is unread', [0, 5, 5, false], { kind: 'caught-up' }],
    ['reads faster than is written', [100, 30, 20, false], { kind: 'in', ms: 10_000 }],
    ['reads as fast as is written', [100, 20, 20, false], { kind: 'never' }],
    ['reads nothing', [100, 0, 0, false], { kind: 'never' }],
    ['keeps up: what is before it now, at its own rate', [100, 20, 20, true], { kind: 'in', ms: 5_000 }],
  ] as const)('%s', (_, [lag, consumed, produced, keepsUp], expected) => {
    expect(catchUpOf(lag, consumed, produced, keepsUp)).toEqual(expected);
  });

  it('is unknown while the end or a rate is', () => {
    expect(catchUpOf(Number.NaN, 1, 1, false).kind).toBe('unknown');
    expect(catchUpOf(5, Number.NaN, 1, false).kind).toBe('unknown');
    expect(catchUpOf(5, 1, Number.NaN, false).kind).toBe('unknown');
    expect(catchUpOf(5, 1, Number.NaN, true).kind).toBe('in');
  });

  it('is unknown, not never, for a record that came to a quiet partition just now', () => {
    expect(catchUpOf(1, 0, 0.1, true)).toEqual({
      kind: 'unknown',
      why: 'It keeps up, and read nothing in the last two minutes: there is no rate to go by.',
    });
  });

  it('of a group is that of its slowest partition', () => {
    expect(worstCatchUp({ kind: 'in', ms: 5 }, { kind: 'in', ms: 9 })).toEqual({ kind: 'in', ms: 9 });
    expect(worstCatchUp({ kind: 'in', ms: 5 }, { kind: 'never' }).kind).toBe('never');
    expect(worstCatchUp({ kind: 'caught-up' }, { kind: 'unknown', why: '' }).kind).toBe('unknown');
    expect(worstCatchUp({ kind: 'unknown', why: '' }, { kind: 'in', ms: 5 }).kind).toBe('in');
    expect(worstCatchUp({ kind: 'unknown', why: '' }, { kind: 'never' }).kind).toBe('never');
  });
});
