/** Free bytes of one volume at a moment, in epoch milliseconds. */
type Level = { at: number; free: number };

const stepMs = 60_000;
const windowMs = 24 * 3_600_000;
/** Before that a full segment, or one that was deleted, says more than how fast the disk fills. */
const leastMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;
/** Further than that nobody looks, and a line says nothing. */
const mostDays = 365;

/**
 * Tells when a disk is full if it goes on filling as it did for up to a day: a straight line through what was free each minute, which a
 * sawtooth of retention does not move much.
 */
export class DiskFill {
  #levels: Level[] = [];

  /** Keeps a level; more than one a minute is not kept. */
  add(level: Level): void {
    const last = this.#levels.at(-1);
    if (last && level.at - last.at < stepMs) return;
    this.#levels.push(level);
    const from = level.at - windowMs;
    if (this.#levels[0]!.at < from) this.#levels = this.#levels.filter(({ at }) => at >= from);
  }

  /** Days until nothing is free, at most a year; NaN before ten minutes are known. */
  days(now: Level): number {
    const first = this.#levels[0];
    if (!first || now.at - first.at < leastMs) return Number.NaN;
    const slope = slopeOf([...this.#levels, now]);
    return slope < 0 ? Math.min(now.free / -slope / dayMs, mostDays) : mostDays;
  }
}

/** Bytes a millisecond, by least squares. */
function slopeOf(levels: readonly Level[]): number {
  const n = levels.length;
  const meanAt = levels.reduce((sum, { at }) => sum + at, 0) / n;
  const meanFree = levels.reduce((sum, { free }) => sum + free, 0) / n;
  let above = 0;
  let below = 0;
  for (const { at, free } of levels) {
    above += (at - meanAt) * (free - meanFree);
    below += (at - meanAt) ** 2;
  }
  return below === 0 ? 0 : above / below;
}
