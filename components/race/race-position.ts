import type { PartitionLag } from '#lib/model/lag.ts';
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

/** From here on the clock is short. */
const shortMs = 3_600_000;

type Clock = Pick<PartitionLag, 'state' | 'loss' | 'catchUp' | 'lagMs'>;

/** Whether retention gets to the unread records before their reader does, as it goes now. */
export function retentionWins({ state, loss, catchUp, lagMs }: Clock): boolean {
  if (loss.kind === 'lost') return true;
  if (loss.kind !== 'in') return false;
  if (catchUp.kind === 'in' && catchUp.ms <= loss.ms) return false;
  if (state === 'stalled' || state === 'stopped' || state === 'falling-behind') return true;
  // Reading, but with nearly all of the window gone and not there in time.
  return catchUp.kind !== 'unknown' && lagMs !== null && loss.ms * 10 < lagMs;
}

/** How it goes for a reader: losing once records are gone, or within an hour when nothing changes. */
export function paceOf(lag: Clock): RacePace {
  if (retentionWins(lag)) return lag.loss.kind === 'in' && lag.loss.ms >= shortMs ? 'behind' : 'losing';
  return lag.state === 'falling-behind' || lag.state === 'stalled' ? 'behind' : 'keeping';
}

export type RacePlace = {
  /** 0 at what retention deletes next, 1 now; null when nothing is committed. */
  position: number | null;
  /** Length between the banks, ms; null where the place is one of offsets. */
  windowMs: number | null;
  pace: RacePace;
  /** Nothing is deleted by age or size there, so there is no left edge that moves. */
  hasNoEdge: boolean;
};

/**
 * The place of a reader in a log: by time where retention goes by time and the age of the next unread record is known, else by
 * offsets between the log's start and its end.
 */
export function placeOf(row: {
  committedOffset: string | null;
  startOffset: string | null;
  endOffset: string | null;
  lag: Pick<PartitionLag, 'state' | 'loss' | 'catchUp' | 'lagMs' | 'lagMessages'>;
}): RacePlace {
  const { lag, committedOffset, startOffset, endOffset } = row;
  const pace = paceOf(lag);
  const hasNoEdge = lag.loss.kind === 'none' && lag.lagMessages !== '0';
  if (lag.loss.kind === 'lost') return { position: 0, windowMs: null, pace, hasNoEdge };
  if (committedOffset !== null && lag.lagMessages === '0')
    return { position: 1, windowMs: null, pace, hasNoEdge };
  // Past retention and still there: how long the topic keeps its records cannot be told from the clock any more.
  if (lag.loss.kind === 'in' && lag.loss.ms <= 0) return { position: 0, windowMs: null, pace, hasNoEdge };
  if (lag.loss.kind === 'in' && lag.loss.by === 'time' && lag.lagMs !== null) {
    const windowMs = lag.lagMs + lag.loss.ms;
    return { position: windowMs > 0 ? lag.loss.ms / windowMs : 0, windowMs, pace, hasNoEdge };
  }
  const position =
    startOffset === null || endOffset === null ? null : racePosition(committedOffset, startOffset, endOffset);
  return { position, windowMs: null, pace, hasNoEdge };
}
