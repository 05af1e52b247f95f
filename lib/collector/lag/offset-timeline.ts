const capacity = 32;

/**
 * When the end of a partition's log was where: a table of (time, end offset), both rising, at most 32 points. As it grows,
 * points thin out with age, so that a few bytes tell minutes exactly and days roughly.
 */
export class OffsetTimeline {
  #times = new Float64Array(capacity);
  #offsets = new Float64Array(capacity);
  #count = 0;

  /** Adds an end seen at a time (epoch ms). An end or a clock that went back begins the table anew. */
  add(offset: number, atMs: number): void {
    const last = this.#count - 1;
    if (last >= 0 && (offset < this.#offsets[last]! || atMs < this.#times[last]!)) this.#count = 0;
    else if (last >= 0 && atMs === this.#times[last]) {
      this.#offsets[last] = offset;
      return;
    } else if (last >= 1 && offset === this.#offsets[last] && offset === this.#offsets[last - 1]) {
      // Nothing was written for a third time: a still stretch needs its two ends only.
      this.#times[last] = atMs;
      return;
    }
    if (this.#count === capacity) this.#thin(atMs);
    this.#times[this.#count] = atMs;
    this.#offsets[this.#count] = offset;
    this.#count++;
  }

  get points(): number {
    return this.#count;
  }

  /** Whether the record at this offset was written while the table was kept. */
  knows(offset: number): boolean {
    return this.#count > 0 && offset >= this.#offsets[0]! && offset < this.#offsets[this.#count - 1]!;
  }

  /**
   * When the record at an offset was written, as far as readings around it tell; NaN outside the table. `anchor`, a
   * record whose time was read, reaches back before it.
   */
  timeOf(offset: number, anchor?: { offset: number; timeMs: number }): number {
    if (this.#count === 0) return Number.NaN;
    if (offset < this.#offsets[0]!) {
      if (!anchor || offset < anchor.offset || anchor.timeMs > this.#times[0]!) return Number.NaN;
      return between(offset, anchor.offset, this.#offsets[0]!, anchor.timeMs, this.#times[0]!);
    }
    const after = this.#firstAbove(this.#offsets, offset);
    if (after === this.#count) return Number.NaN;
    // Between two readings a record is as likely early as late: its middle.
    return between(
      offset + 0.5,
      this.#offsets[after - 1]!,
      this.#offsets[after]!,
      this.#times[after - 1]!,
      this.#times[after]!,
    );
  }

  /** Where the end was at a time; NaN before the table begins, the newest end after it. */
  endAt(atMs: number): number {
    if (this.#count === 0 || atMs < this.#times[0]!) return Number.NaN;
    const after = this.#firstAbove(this.#times, atMs);
    if (after === this.#count) return this.#offsets[this.#count - 1]!;
    return between(
      atMs,
      this.#times[after - 1]!,
      this.#times[after]!,
      this.#offsets[after - 1]!,
      this.#offsets[after]!,
    );
  }

  /** Index of the first value above `wanted`, or the count. */
  #firstAbove(values: Float64Array, wanted: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Drops the inner point whose gap would be smallest for its age. */
  #thin(nowMs: number): void {
    let drop = 1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 1; i < this.#count - 1; i++) {
      const gap = (this.#times[i + 1]! - this.#times[i - 1]!) / (nowMs - this.#times[i]! + 1);
      if (gap < least) {
        least = gap;
        drop = i;
      }
    }
    this.#times.copyWithin(drop, drop + 1, this.#count);
    this.#offsets.copyWithin(drop, drop + 1, this.#count);
    this.#count--;
  }
}

/** The value at `x` on the line from (`fromX`, `fromY`) to (`toX`, `toY`). */
const between = (x: number, fromX: number, toX: number, fromY: number, toY: number): number =>
  toX <= fromX ? toY : fromY + ((toY - fromY) * (x - fromX)) / (toX - fromX);
