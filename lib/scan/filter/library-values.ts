import { type CelList, type CelMap, type CelValue, isCelList, isCelMap, isCelUint } from '@bufbuild/cel';
import { create, isMessage } from '@bufbuild/protobuf';
import { isReflectMessage } from '@bufbuild/protobuf/reflect';
import { type Timestamp, TimestampSchema } from '@bufbuild/protobuf/wkt';
import { type Cell, Failure, Instant, instantOf } from './cell.ts';

/**
 * Decoded values as the library's evaluator takes them and back. It would take plain objects too, but looks at their `constructor`
 * and `$typeName` to know what they are, which a message may have as fields.
 */

const mapMark = Symbol.for('@bufbuild/cel/map');
const listMark = Symbol.for('@bufbuild/cel/list');

class ObjectMap {
  readonly [mapMark] = {};
  private readonly object: { [key: string]: Cell };

  constructor(object: { [key: string]: Cell }) {
    this.object = object;
  }
  get size(): number {
    return Object.keys(this.object).length;
  }
  get(key: unknown): CelValue | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(this.object, key)) return undefined;
    return toLibrary(this.object[key] as Cell);
  }
  has(key: unknown): boolean {
    return typeof key === 'string' && Object.hasOwn(this.object, key);
  }
  forEach(callback: (value: CelValue, key: string, map: unknown) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }
  *entries(): Generator<[string, CelValue]> {
    for (const [key, value] of Object.entries(this.object)) yield [key, toLibrary(value)];
  }
  keys(): Iterator<string> & Iterable<string> {
    return Object.keys(this.object)[Symbol.iterator]();
  }
  *values(): Generator<CelValue> {
    for (const [, value] of this.entries()) yield value;
  }
  [Symbol.iterator](): Generator<[string, CelValue]> {
    return this.entries();
  }
}

class ArrayList {
  readonly [listMark] = {};
  private readonly items: readonly Cell[];

  constructor(items: readonly Cell[]) {
    this.items = items;
  }
  get size(): number {
    return this.items.length;
  }
  get(index: number): CelValue | undefined {
    const item = this.items[index];
    return item === undefined ? undefined : toLibrary(item);
  }
  *values(): Generator<CelValue> {
    for (const item of this.items) yield toLibrary(item);
  }
  [Symbol.iterator](): Generator<CelValue> {
    return this.values();
  }
}

/** @throws Error for a failure, which the library turns into its own. */
export function toLibrary(cell: Cell): CelValue {
  if (cell instanceof Failure) throw new Error(cell.reason);
  if (cell === null || typeof cell !== 'object' || cell instanceof Uint8Array) return cell;
  if (cell instanceof Instant) return timestampOf(cell) as unknown as CelValue;
  if (Array.isArray(cell)) return new ArrayList(cell) as unknown as CelList;
  return new ObjectMap(cell) as unknown as CelMap;
}

function timestampOf({ nanos }: Instant): Timestamp {
  const rest = ((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return create(TimestampSchema, { seconds: (nanos - rest) / 1_000_000_000n, nanos: Number(rest) });
}

/** What our own functions work on. Durations and types have no cell: they stay what they are, equal to nothing else. */
export function fromLibrary(value: CelValue): Cell {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (isCelUint(value)) return value.value;
  if (isCelList(value)) return [...value].map(fromLibrary);
  if (isCelMap(value)) {
    const fields = [...value].map(([key, item]): [string, Cell] => [
      String(typeof key === 'object' ? key.value : key),
      fromLibrary(item),
    ]);
    return Object.fromEntries(fields) as { [key: string]: never };
  }
  if (isReflectMessage(value) && isMessage(value.message, TimestampSchema)) {
    return instantOf(value.message.seconds * 1_000_000_000n + BigInt(value.message.nanos));
  }
  return new Failure('this kind of value cannot be used here');
}
