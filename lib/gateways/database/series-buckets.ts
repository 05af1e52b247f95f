/** Points of one series by time, epoch ms. Null: scraped, and not known. */
export type ReadPoints = Map<number, number | null>;

export type Aligned = { stepMs: number; at: number[]; values: (number | null)[][] };

/** The usual distance of two scrapes: the median, which a pause does not move. */
export function usualStep(times: readonly number[]): number {
  if (times.length < 2) return 0;
  const steps = times.slice(1).map((time, i) => time - times[i]!);
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)]!;
}

/** The points at their own times. Where scrapes are missing a time with nothing known is put in, so that a line breaks there. */
export function gapped(times: readonly number[], points: readonly ReadPoints[]): Aligned {
  const stepMs = usualStep(times);
  const at: number[] = [];
  for (const time of times) {
    const previous = at.at(-1);
    if (previous !== undefined && time - previous > stepMs * 2.5) at.push(previous + stepMs);
    at.push(time);
  }
  return { stepMs, at, values: points.map((one) => at.map((time) => one.get(time) ?? null)) };
}

/**
 * The points in steps of equal length that cover the whole time, each with the mean of what is known in it. A step
 * is at least two scrapes long, so that an uneven beat leaves none of them empty.
 */
export function bucketed(
  times: readonly number[],
  points: readonly ReadPoints[],
  fromMs: number,
  toMs: number,
  maxPoints: number,
): Aligned {
  const stepMs = Math.max(Math.ceil((toMs - fromMs) / maxPoints), usualStep(times) * 2);
  const length = Math.max(1, Math.ceil((toMs - fromMs) / stepMs));
  const values = points.map((one) => {
    const sums = new Float64Array(length);
    const counts = new Uint32Array(length);
    for (const [time, value] of one) {
      if (value === null || time < fromMs || time > toMs) continue;
      const index = Math.min(length - 1, Math.floor((time - fromMs) / stepMs));
      sums[index] = sums[index]! + value;
      counts[index] = counts[index]! + 1;
    }
    return Array.from(sums, (sum, i) => (counts[i] ? sum / counts[i]! : null));
  });
  return { stepMs, at: Array.from({ length }, (_, i) => fromMs + i * stepMs), values };
}
