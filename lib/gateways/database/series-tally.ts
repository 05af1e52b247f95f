/** What a series comes to over a stretch of time. */
export type TopSummary = {
  /** Points that are kept of it. */
  count: number;
  first: number;
  last: number;
  least: number;
  most: number;
  /** Over time: a point that stands for a quarter of an hour counts for as much as all readings of another quarter. */
  mean: number;
};

/** Many points of one level. */
type Many = {
  points: number;
  fromMs: number;
  toMs: number;
  first: number;
  last: number;
  least: number;
  most: number;
  total: number;
};

/** What a point of the coarser levels stands for, in ms; one of the finest for a beat of the readings. */
const minuteMs = 60_000;
const quarterMs = 900_000;

/** Adds up one series, in any order, level by level. */
export class Tally {
  readonly #counts: [number, number, number] = [0, 0, 0];
  readonly #totals: [number, number, number] = [0, 0, 0];
  #fromMs = Number.POSITIVE_INFINITY;
  #toMs = Number.NEGATIVE_INFINITY;
  #first = 0;
  #last = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  add(level: number, atMs: number, value: number): void {
    this.#count(level, 1, value);
    this.#reach(atMs, atMs, value, value);
    if (value < this.#least) this.#least = value;
    if (value > this.#most) this.#most = value;
  }

  addMany(level: number, many: Many): void {
    this.#count(level, many.points, many.total);
    this.#reach(many.fromMs, many.toMs, many.first, many.last);
    if (many.least < this.#least) this.#least = many.least;
    if (many.most > this.#most) this.#most = many.most;
  }

  /** Null when nothing was added. */
  summary(beatMs: number): TopSummary | null {
    const count = this.#counts[0] + this.#counts[1] + this.#counts[2];
    if (count === 0) return null;
    const overTime = ([readings, minutes, quarters]: readonly [number, number, number]): number =>
      readings * beatMs + minutes * minuteMs + quarters * quarterMs;
    return {
      count,
      first: this.#first,
      last: this.#last,
      least: this.#least,
      most: this.#most,
      mean: overTime(this.#totals) / overTime(this.#counts),
    };
  }

  #count(level: number, points: number, total: number): void {
    const at = level === 0 || level === 1 ? level : 2;
    this.#counts[at] += points;
    this.#totals[at] += total;
  }

  #reach(fromMs: number, toMs: number, first: number, last: number): void {
    if (fromMs < this.#fromMs) {
      this.#fromMs = fromMs;
      this.#first = first;
    }
    if (toMs > this.#toMs) {
      this.#toMs = toMs;
      this.#last = last;
    }
  }
}

/** How far readings are apart: the least usual distance that was seen, which a pause only makes longer. */
export class Beat {
  /** Fewer points tell nothing of it. */
  static readonly leastPoints = 20;
  /** Of a cluster of which too little is known. */
  static readonly usualMs = 5_000;
  #least = Number.POSITIVE_INFINITY;

  add(ms: number): void {
    if (ms > 0 && ms < this.#least) this.#least = ms;
  }

  get ms(): number {
    return Number.isFinite(this.#least) ? this.#least : Beat.usualMs;
  }
}
