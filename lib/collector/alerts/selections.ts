import type { AlertScope } from '#lib/model/alert-rule.ts';
import { compileNames } from '#lib/model/name-pattern.ts';
import { type Column, emptyColumn } from './columns.ts';

/** Which slots of a column a rule is about. Rules with the same patterns have the same one. */
export type Selection = { readonly slots: Int32Array; has: (name: string) => boolean };

type Names = Pick<AlertScope, 'names' | 'except'>;
type Test = (name: string) => boolean;

/** Whether a rule is about a name. */
export function testOfNames({ names, except }: Names): Test {
  const isMeant = compileNames(names);
  if (except.trim() === '') return isMeant;
  const isExcepted = compileNames(except);
  return (name) => isMeant(name) && !isExcepted(name);
}

/** Names that a rule tells one by one: these are missed when they are not there. */
export const exactNames = ({ names }: Names): string[] =>
  names
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.includes('*'));

/** Selections of one kind of series, kept up as names come and go: only new names are held against patterns. */
export class Selections {
  readonly #all = new Map<string, Kept>();

  of(scope: Names, column: Column): Selection {
    const key = keyOf(scope);
    let kept = this.#all.get(key);
    if (!kept) {
      const has = testOfNames(scope);
      kept = { column: emptyColumn, bits: new Uint8Array(), selection: { slots: new Int32Array(), has } };
      this.#all.set(key, kept);
    }
    if (kept.column.names !== column.names) select(kept, column);
    return kept.selection;
  }

  /** Forgets patterns that no rule has any more. */
  keep(scopes: readonly Names[]): void {
    const wanted = new Set(scopes.map(keyOf));
    for (const key of this.#all.keys()) if (!wanted.has(key)) this.#all.delete(key);
  }
}

const keyOf = ({ names, except }: Names): string => `${names}\n${except}`;

type Kept = { column: Column; bits: Uint8Array; selection: Selection };

function select(kept: Kept, column: Column): void {
  const { names } = column;
  const bits = new Uint8Array(names.length);
  const { column: before, selection } = kept;
  let count = 0;
  for (let slot = 0; slot < names.length; slot++) {
    const name = names[slot]!;
    const old = before.names[slot] === name ? slot : before.slotOf.get(name);
    const isMeant = old === undefined ? selection.has(name) : kept.bits[old] === 1;
    if (!isMeant) continue;
    bits[slot] = 1;
    count += 1;
  }
  const slots = new Int32Array(count);
  let at = 0;
  for (let slot = 0; slot < names.length; slot++) if (bits[slot] === 1) slots[at++] = slot;
  kept.bits = bits;
  kept.column = column;
  kept.selection = { slots, has: selection.has };
}
