/**
 * Where a group stands against a record, by its committed offset, which is the next one it reads: `here` on it, `before` it by so many
 * offsets, `past` it by so many.
 */
export function standingOf(
  offset: string,
  committedOffset: string,
): { standing: 'here' | 'before' | 'past'; distance: string } {
  const distance = BigInt(committedOffset) - BigInt(offset);
  if (distance === 0n) return { standing: 'here', distance: '0' };
  return distance > 0n
    ? { standing: 'past', distance: String(distance) }
    : { standing: 'before', distance: String(-distance) };
}
