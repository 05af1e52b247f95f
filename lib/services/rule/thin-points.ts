/** Points that are drawn at most. */
const most = 300;

/**
 * Fewer points for a chart that shows where a limit was crossed: of each step the worst is kept, not the mean, so that
 * what fired is seen to cross. A step without a known number is a gap.
 */
export function thinned(
  at: readonly number[],
  values: readonly (number | null)[],
  isLowBad: boolean,
): { at: number[]; values: (number | null)[] } {
  const each = Math.max(1, Math.ceil(at.length / most));
  const thin = { at: [] as number[], values: [] as (number | null)[] };
  for (let from = 0; from < at.length; from += each) {
    let worst: number | null = null;
    for (const value of values.slice(from, from + each)) {
      if (value === null) continue;
      worst = worst === null ? value : isLowBad ? Math.min(worst, value) : Math.max(worst, value);
    }
    thin.at.push(at[from]!);
    thin.values.push(worst);
  }
  return thin;
}
