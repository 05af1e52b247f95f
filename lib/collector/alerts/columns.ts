import type { SamplePoint } from '#lib/collector/ticks.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';

/**
 * All numbers of one kind in a tick, beside their names. `names` stays the same array for as long as the names are the
 * same, so that what was worked out for them is worked out once.
 */
export type Column = {
  names: readonly string[];
  values: Float64Array;
  slotOf: ReadonlyMap<string, number>;
};

export const emptyColumn: Column = { names: [], values: new Float64Array(), slotOf: new Map() };

type Layout = { points: readonly SamplePoint[]; targets: Float64Array[]; slots: Int32Array };

/** Sorts the points of ticks into columns. Ticks mostly have the same names in the same order: then only numbers are moved. */
export class Columns {
  #columns = new Map<SeriesKind, Column>();
  /** Names of each kind as they were told last, also when a tick leaves the kind out. */
  readonly #names = new Map<SeriesKind, Pick<Column, 'names' | 'slotOf'>>();
  #layout: Layout | null = null;

  of(kind: SeriesKind): Column {
    return this.#columns.get(kind) ?? emptyColumn;
  }

  fill(points: readonly SamplePoint[]): void {
    if (!this.#refill(points)) this.#sort(points);
  }

  #refill(points: readonly SamplePoint[]): boolean {
    const layout = this.#layout;
    if (!layout || layout.points.length !== points.length) return false;
    for (let i = 0; i < points.length; i++) {
      const point = points[i]!;
      const before = layout.points[i]!;
      if (point.name !== before.name || point.kind !== before.kind) return false;
      layout.targets[i]![layout.slots[i]!] = point.value;
    }
    layout.points = points;
    return true;
  }

  #sort(points: readonly SamplePoint[]): void {
    const byKind = new Map<SeriesKind, { names: string[]; values: number[]; slotOf: Map<string, number> }>();
    const slots = new Int32Array(points.length);
    points.forEach(({ kind, name, value }, i) => {
      let column = byKind.get(kind);
      if (!column) {
        column = { names: [], values: [], slotOf: new Map() };
        byKind.set(kind, column);
      }
      let slot = column.slotOf.get(name);
      if (slot === undefined) {
        slot = column.names.length;
        column.slotOf.set(name, slot);
        column.names.push(name);
      }
      column.values[slot] = value;
      slots[i] = slot;
    });
    this.#columns = new Map();
    for (const [kind, { names, values, slotOf }] of byKind) {
      const old = this.#names.get(kind);
      const isSame = old?.names.length === names.length && names.every((name, i) => name === old.names[i]);
      const named = isSame ? old : { names, slotOf };
      this.#names.set(kind, named);
      this.#columns.set(kind, {
        names: named.names,
        slotOf: named.slotOf,
        values: Float64Array.from(values),
      });
    }
    const targets = points.map(({ kind }) => this.#columns.get(kind)!.values);
    this.#layout = { points, targets, slots };
  }
}
