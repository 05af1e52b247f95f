import { type Column, emptyColumn } from './columns.ts';

/** A name that ticks leave out for longer is forgotten. */
const awayMs = 24 * 3_600_000;

/** Last known numbers of one kind. Names come and go between ticks: a group whose coordinator is silent is left out. */
export class LastKnown {
  #column: Pick<Column, 'names' | 'slotOf'> = emptyColumn;
  #values = new Float64Array();
  readonly #away = new Map<string, { value: number; since: number }>();

  /** The numbers in the slots of a column, NaN where none is known, for the caller to keep up. */
  besides(column: Column, now: number): Float64Array {
    if (column.names !== this.#column.names) this.#move(column, now);
    return this.#values;
  }

  #move({ names, slotOf }: Column, now: number): void {
    const values = new Float64Array(names.length).fill(Number.NaN);
    this.#column.names.forEach((name, old) => {
      const value = this.#values[old]!;
      const slot = slotOf.get(name);
      if (slot !== undefined) values[slot] = value;
      else if (!Number.isNaN(value)) this.#away.set(name, { value, since: now });
    });
    for (const [name, { value, since }] of this.#away) {
      const slot = slotOf.get(name);
      if (slot !== undefined) values[slot] = value;
      if (slot !== undefined || now - since > awayMs) this.#away.delete(name);
    }
    this.#column = { names, slotOf };
    this.#values = values;
  }
}
