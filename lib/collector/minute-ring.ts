/**
 * The last hour of many values, one mean a minute, in memory: what the small lines in lists are drawn from.
 * A name not seen in a minute has a gap there. A full ring of 10,000 names takes 2.4 MB.
 */
export class MinuteRing {
  static readonly minutes = 60;
  #rows = new Map<string, { sums: Float32Array; counts: Uint16Array }>();
  #minute = 0;

  /** Adds a value at a time (epoch ms). Values must come in order of time. */
  add(name: string, value: number, atMs: number): void {
    if (Number.isNaN(value)) return;
    this.#moveTo(Math.floor(atMs / 60_000));
    let row = this.#rows.get(name);
    if (!row) {
      row = { sums: new Float32Array(MinuteRing.minutes), counts: new Uint16Array(MinuteRing.minutes) };
      this.#rows.set(name, row);
    }
    const slot = this.#minute % MinuteRing.minutes;
    row.sums[slot] = row.sums[slot]! + value;
    row.counts[slot] = row.counts[slot]! + 1;
  }

  #moveTo(minute: number): void {
    if (minute <= this.#minute) return;
    const steps = this.#minute === 0 ? 0 : Math.min(MinuteRing.minutes, minute - this.#minute);
    for (let step = 1; step <= steps; step++) {
      const slot = (this.#minute + step) % MinuteRing.minutes;
      for (const row of this.#rows.values()) {
        row.sums[slot] = 0;
        row.counts[slot] = 0;
      }
    }
    this.#minute = minute;
  }

  /** Puts in what is known of earlier minutes, oldest first, the last of them `lastMinute`; what is there already stays. */
  fill(name: string, values: readonly (number | null)[], lastMinute: number): void {
    this.#moveTo(lastMinute);
    let row = this.#rows.get(name);
    if (!row) {
      row = { sums: new Float32Array(MinuteRing.minutes), counts: new Uint16Array(MinuteRing.minutes) };
      this.#rows.set(name, row);
    }
    values.forEach((value, i) => {
      const minute = lastMinute - (values.length - 1 - i);
      const slot = minute % MinuteRing.minutes;
      if (value === null || minute <= this.#minute - MinuteRing.minutes || row.counts[slot]! > 0) return;
      row.sums[slot] = value;
      row.counts[slot] = 1;
    });
  }

  /** The hour up to the newest minute, oldest first; null is a gap. Empty when the name was never seen. */
  read(name: string): (number | null)[] {
    const row = this.#rows.get(name);
    if (!row) return [];
    const values: (number | null)[] = [];
    for (let back = MinuteRing.minutes - 1; back >= 0; back--) {
      const slot = (this.#minute - back + MinuteRing.minutes * 2) % MinuteRing.minutes;
      values.push(row.counts[slot] ? round3(row.sums[slot]! / row.counts[slot]!) : null);
    }
    return values;
  }

  /** Forgets names that are gone. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.#rows.keys()) if (!names.has(name)) this.#rows.delete(name);
  }
}

const round3 = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(3)));
