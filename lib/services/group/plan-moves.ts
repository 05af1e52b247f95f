import type { OffsetMove, ResetOffsetsPlan } from '#lib/model/offset-reset.ts';

/** How a partition stands before a reset. Offsets are -1 where nothing is known, or nothing committed. */
export type Standing = {
  topic: string;
  partition: number;
  committed: bigint;
  start: bigint;
  end: bigint;
  wanted: Wanted;
};

/** Where one partition is to be put: an offset, no committed offset at all, or why it cannot be said. */
export type Wanted = { kind: 'offset'; offset: bigint } | { kind: 'none' } | { kind: 'keep'; why: string };

type Kept = ResetOffsetsPlan['kept'][number];
export type PlannedMove = Omit<OffsetMove, 'next'>;

/** Moves and what stays as it is, the largest move first. */
export function planMoves(standings: readonly Standing[]): { moves: PlannedMove[]; kept: Kept[] } {
  const moves: PlannedMove[] = [];
  const kept: Kept[] = [];
  for (const standing of standings) {
    const planned = moveOf(standing);
    if ('why' in planned) kept.push(planned);
    else moves.push(planned);
  }
  const size = (move: PlannedMove): bigint => magnitude(BigInt(move.delta ?? 0));
  moves.sort(
    (a, b) =>
      bySize(size(b), size(a)) ||
      bySize(BigInt(b.lagMessages ?? 0), BigInt(a.lagMessages ?? 0)) ||
      byPlace(a, b),
  );
  return { moves, kept: kept.sort(byPlace) };
}

/**
 * What happens to one partition. Kafka keeps any number as a position, but a position outside of the log makes a consumer
 * begin at its `auto.offset.reset`, so that what is asked for is drawn into the log as Kafka's own tool does.
 */
function moveOf({ topic, partition, committed, start, end, wanted }: Standing): PlannedMove | Kept {
  const offset = committed < 0n ? null : committed.toString();
  if (wanted.kind === 'keep') return { topic, partition, offset, why: wanted.why };
  if (start < 0n || end < 0n) {
    const why = 'Its leader does not answer, so that it is not known where its log begins and ends.';
    return { topic, partition, offset, why };
  }
  if (wanted.kind === 'none') {
    if (committed < 0n) return { topic, partition, offset, why: 'Nothing is committed here.' };
    const counts = { reread: '0', skipped: '0', lagMessages: null };
    return { ...frame(), from: offset, to: null, delta: null, asked: null, ...counts };
  }
  const to = clamp(wanted.offset, start, end);
  if (to === committed) return { topic, partition, offset, why: 'It stands there already.' };
  const read = committed < 0n ? to : clamp(committed, start, end);
  return {
    ...frame(),
    from: offset,
    to: to.toString(),
    delta: committed < 0n ? null : (to - committed).toString(),
    asked: to === wanted.offset ? null : wanted.offset.toString(),
    reread: (read > to ? read - to : 0n).toString(),
    skipped: (to > read ? to - read : 0n).toString(),
    lagMessages: (end - to).toString(),
  };

  function frame() {
    return { topic, partition, startOffset: start.toString(), endOffset: end.toString() };
  }
}

/** Sums over the moves. */
export function totalsOf(moves: readonly PlannedMove[]): ResetOffsetsPlan['totals'] {
  let reread = 0n;
  let skipped = 0n;
  let clamped = 0;
  for (const move of moves) {
    reread += BigInt(move.reread);
    skipped += BigInt(move.skipped);
    if (move.asked !== null) clamped += 1;
  }
  return { reread: reread.toString(), skipped: skipped.toString(), clamped };
}

const clamp = (value: bigint, least: bigint, most: bigint): bigint =>
  value < least ? least : value > most ? most : value;
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
const bySize = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** By topic, then partition. */
export const byPlace = (
  a: { topic: string; partition: number },
  b: { topic: string; partition: number },
): number => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition);
