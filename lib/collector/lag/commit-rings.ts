/** How many commits a ring remembers. */
export const ringSize = 10;

/** Over how long rates are taken. */
const rateWindowMs = 120_000;

/**
 * What a group's last ten commits on each of its partitions were, as far as readings saw them: where, when, and how many
 * records were overdue, at the least until the next. Overdue is what was there at the reading before and is unread still: what
 * came since is on its way in any group that keeps up. Columns, because a cluster has tens of thousands of such rings.
 */
export class CommitRings {
  /** Partition rows, ascending; aligned with all other columns. */
  readonly rows: Int32Array;
  /** Commits in the ring, 0 before the first sighting. */
  readonly counts: Uint8Array;
  /** Readings since the position moved, or since it was first seen. */
  readonly readsSinceMove: Uint16Array;
  /** When the position was seen to move, epoch ms; NaN when it never was. */
  readonly movedAt: Float64Array;
  /** Readings in a row that found the position where it was, with records overdue. */
  readonly standingReads: Uint16Array;
  /** Time of the first of them, epoch ms. */
  readonly standingSince: Float64Array;
  /** Where the position was before it was set back, until it is there again; -1 otherwise. */
  readonly rewoundFrom: Float64Array;
  readonly #at: Float64Array;
  readonly #offset: Float64Array;
  readonly #overdue: Float64Array;
  /** How long the position before each commit had stood with records overdue, ms; 0 where nothing was overdue. */
  readonly #stood: Float64Array;
  /** Where the log ended at the reading before; NaN before one. */
  readonly #endBefore: Float64Array;

  constructor(rows: Int32Array) {
    const count = rows.length;
    this.rows = rows;
    this.counts = new Uint8Array(count);
    this.readsSinceMove = new Uint16Array(count);
    this.movedAt = new Float64Array(count).fill(Number.NaN);
    this.standingReads = new Uint16Array(count);
    this.standingSince = new Float64Array(count);
    this.rewoundFrom = new Float64Array(count).fill(-1);
    this.#at = new Float64Array(count * ringSize);
    this.#offset = new Float64Array(count * ringSize);
    this.#overdue = new Float64Array(count * ringSize);
    this.#stood = new Float64Array(count * ringSize);
    this.#endBefore = new Float64Array(count).fill(Number.NaN);
  }

  /** One reading of a position: where it is, where the log ends, and how many records are unread. */
  add(i: number, offset: number, end: number, unread: number, atMs: number): void {
    const endBefore = this.#endBefore[i]!;
    const lag = Number.isNaN(endBefore) ? unread : Math.min(unread, Math.max(0, endBefore - offset));
    this.#endBefore[i] = end;
    const count = this.counts[i]!;
    const last = i * ringSize + count - 1;
    if (count === 0) {
      this.#push(i, offset, lag, 0, atMs);
      this.readsSinceMove[i] = 1;
    } else if (offset === this.#offset[last]) {
      this.readsSinceMove[i] = Math.min(65_535, this.readsSinceMove[i]! + 1);
      if (lag < this.#overdue[last]!) this.#overdue[last] = lag;
    } else {
      const stoodMs = this.standingReads[i] === 0 ? 0 : atMs - this.standingSince[i]!;
      if (offset < this.#offset[last]!) {
        this.rewoundFrom[i] = Math.max(this.rewoundFrom[i]!, this.#offset[last]!);
        this.counts[i] = 0;
      } else if (offset >= this.rewoundFrom[i]!) this.rewoundFrom[i] = -1;
      this.#push(i, offset, lag, this.counts[i] === 0 ? 0 : stoodMs, atMs);
      this.readsSinceMove[i] = 0;
      this.standingReads[i] = 0;
      this.movedAt[i] = atMs;
    }
    if (lag <= 0) this.standingReads[i] = 0;
    else if (this.standingReads[i]! < 65_535) {
      if (this.standingReads[i] === 0) this.standingSince[i] = atMs;
      this.standingReads[i] = this.standingReads[i]! + 1;
    }
  }

  #push(i: number, offset: number, lag: number, stoodMs: number, atMs: number): void {
    const from = i * ringSize;
    if (this.counts[i] === ringSize) {
      for (const column of [this.#at, this.#offset, this.#overdue, this.#stood])
        column.copyWithin(from, from + 1, from + ringSize);
      this.counts[i] = ringSize - 1;
    }
    const slot = from + this.counts[i]!;
    this.#at[slot] = atMs;
    this.#offset[slot] = offset;
    this.#overdue[slot] = lag;
    this.#stood[slot] = stoodMs;
    this.counts[i] = this.counts[i]! + 1;
  }

  /** Overdue records after each commit in the ring, oldest first: a view, not a copy. */
  lags(i: number): Float64Array {
    return this.#overdue.subarray(i * ringSize, i * ringSize + this.counts[i]!);
  }

  /** How long records were overdue before the commits in the ring, ms. Time with nothing to read says nothing of a group. */
  spanMs(i: number): number {
    let span = 0;
    for (let slot = i * ringSize; slot < i * ringSize + this.counts[i]!; slot++) span += this.#stood[slot]!;
    return span;
  }

  /**
   * Records that the position passed in the last two minutes, or since the ring began, and since when. Null before there
   * is a time to count over.
   */
  recentMove(i: number, nowMs: number): { records: number; sinceMs: number } | null {
    const count = this.counts[i]!;
    // A position seen for a moment has not had the time to move.
    if (count === 0 || (count === 1 && this.readsSinceMove[i]! < 3)) return null;
    const from = i * ringSize;
    const windowFrom = nowMs - rateWindowMs;
    let base = from;
    // The position is a step: at a time it is where the commit before that time left it.
    while (base + 1 < from + count && this.#at[base + 1]! <= windowFrom) base++;
    const sinceMs = Math.max(this.#at[base]!, windowFrom);
    if (nowMs <= sinceMs) return null;
    return { records: this.#offset[from + count - 1]! - this.#offset[base]!, sinceMs };
  }

  /** These rings for other rows; `wasRow` tells where a row was before, -1 for a new one. */
  movedTo(rows: Int32Array, wasRow: (row: number) => number): CommitRings {
    const next = new CommitRings(rows);
    const indexOf = new Map([...this.rows].map((row, i) => [row, i]));
    for (let i = 0; i < rows.length; i++) {
      const was = indexOf.get(wasRow(rows[i]!));
      if (was === undefined || rows[i]! < 0) continue;
      next.counts[i] = this.counts[was]!;
      next.readsSinceMove[i] = this.readsSinceMove[was]!;
      next.movedAt[i] = this.movedAt[was]!;
      next.standingReads[i] = this.standingReads[was]!;
      next.standingSince[i] = this.standingSince[was]!;
      next.rewoundFrom[i] = this.rewoundFrom[was]!;
      next.#endBefore[i] = this.#endBefore[was]!;
      const [to, from, end] = [i * ringSize, was * ringSize, (was + 1) * ringSize];
      next.#at.set(this.#at.subarray(from, end), to);
      next.#offset.set(this.#offset.subarray(from, end), to);
      next.#overdue.set(this.#overdue.subarray(from, end), to);
      next.#stood.set(this.#stood.subarray(from, end), to);
    }
    return next;
  }
}
