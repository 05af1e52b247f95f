/** Nobody looking, samples are up to 30 s apart; only a longer silence is a gap. */
const longestStepMs = 75_000;

/**
 * Joins points that are no further apart than samples are taken, so that a fine grid does not show the pace
 * of sampling as gaps. The joined points take the value before them. Real gaps stay null.
 */
export function bridgeGaps(at: readonly number[], values: readonly (number | null)[]): (number | null)[] {
  const bridged = [...values];
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === null) continue;
    if (last >= 0 && i - last > 1 && at[i]! - at[last]! <= longestStepMs)
      bridged.fill(values[last]!, last + 1, i);
    last = i;
  }
  const tail = values.length - 1;
  if (last >= 0 && last < tail && at[tail]! - at[last]! <= longestStepMs / 2)
    bridged.fill(values[last]!, last + 1);
  return bridged;
}
