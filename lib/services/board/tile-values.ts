import type { tileReductions } from '#lib/model/board.ts';

type Reduction = (typeof tileReductions)[number];

export type Reduced = {
  value: number | null;
  /** When the newest known point was taken, epoch ms; null when none is known. */
  asOfMs: number | null;
};

/** A rate holds until the next point, but over a pause no longer than so many usual distances. */
const holds = 2.5;

/**
 * The one number of a window. Unknown points are left out; without a known one the number is unknown, and a change needs two.
 * `total` counts what a rate per second came to: each point stands for the time since the one before, and what happened during
 * a pause is not made up.
 */
export function reduceWindow(
  at: readonly number[],
  values: readonly (number | null)[],
  by: Reduction,
): Reduced {
  const known: { at: number; value: number }[] = [];
  values.forEach((value, i) => {
    if (value !== null) known.push({ at: at[i]!, value });
  });
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return { value: null, asOfMs: null };
  const all = known.map(({ value }) => value);
  const value = {
    last: () => last.value,
    mean: () => all.reduce((sum, one) => sum + one, 0) / all.length,
    max: () => Math.max(...all),
    min: () => Math.min(...all),
    change: () => (known.length < 2 ? null : last.value - first.value),
    total: () => totalOf(known),
  }[by]();
  return { value, asOfMs: last.at };
}

function totalOf(known: readonly { at: number; value: number }[]): number | null {
  const distances = known.slice(1).map(({ at }, i) => at - known[i]!.at);
  if (distances.length === 0) return null;
  const usual = distances.toSorted((a, b) => a - b)[distances.length >> 1]!;
  return known.reduce(
    (sum, { value }, i) => sum + (value * Math.min(distances[i - 1] ?? usual, usual * holds)) / 1000,
    0,
  );
}
