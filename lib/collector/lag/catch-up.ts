import type { CatchUp } from '#lib/model/lag.ts';

/** When the unread records are read, at the rates of the last two minutes. `lag` and rates are NaN while not known. */
export function catchUpOf(
  lag: number,
  consumedPerSecond: number,
  producedPerSecond: number,
  keepsUp: boolean,
): CatchUp {
  if (lag <= 0) return { kind: 'caught-up' };
  if (Number.isNaN(lag)) return { kind: 'unknown', why: 'Where the log ends is not known now.' };
  if (Number.isNaN(consumedPerSecond))
    return { kind: 'unknown', why: 'It has not been watched long enough to know its rate.' };
  // Nothing may have been there to read for as long as rates are taken over: a record that just came is no trouble.
  if (keepsUp && consumedPerSecond === 0)
    return {
      kind: 'unknown',
      why: 'It keeps up, and read nothing in the last two minutes: there is no rate to go by.',
    };
  // One that reaches the end again and again needs no more than what lies before it now.
  const spare = keepsUp ? consumedPerSecond : consumedPerSecond - producedPerSecond;
  if (Number.isNaN(spare)) return { kind: 'unknown', why: 'The rate of writing is not known yet.' };
  return spare > 0 ? { kind: 'in', ms: (lag / spare) * 1000 } : { kind: 'never' };
}

/** The worst over partitions: never, then the longest, then not known. */
export function worstCatchUp(a: CatchUp, b: CatchUp): CatchUp {
  if (a.kind === 'in' && b.kind === 'in') return a.ms >= b.ms ? a : b;
  return rank[a.kind] >= rank[b.kind] ? a : b;
}

const rank = { 'caught-up': 0, unknown: 1, in: 2, never: 3 } as const;
