import type { RacePace } from './race.tsx';

type Offset = string | number | bigint;

/**
 * Where a committed offset stands in its log by offsets, when times are not known: 0 at the log's start, 1 at its end. Exact for 64-bit offsets.
 * Null when nothing is committed.
 */
export function racePosition(committed: Offset | null, start: Offset, end: Offset): number | null {
  if (committed === null) return null;
  const [at, from, to] = [BigInt(committed), BigInt(start), BigInt(end)];
  if (to <= from || at >= to) return 1;
  if (at <= from) return 0;
  return Number(((at - from) * 1_000_000n) / (to - from)) / 1_000_000;
}

/** The pace by what is known of loss: before the log's start data is lost already. */
export function racePace(position: number | null, isFallingBehind: boolean): RacePace {
  if (position === 0) return 'losing';
  return isFallingBehind ? 'behind' : 'keeping';
}
