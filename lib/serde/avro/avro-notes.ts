import type { DataValue } from '../decode-plan.ts';
import type { Note } from '../serde.ts';
import type { AvroNode, Logical } from './avro-schema.ts';

/** More than a person reads beside one record. */
const MAX_NOTES = 300;

/** What the raw values of a decoded record mean, by their schema. */
export function avroNotes(node: AvroNode, value: DataValue): Note[] {
  const notes: Note[] = [];
  walk(node, value, '', notes);
  return notes;
}

function walk(node: AvroNode, value: DataValue, path: string, notes: Note[]): void {
  if (notes.length >= MAX_NOTES || value === null) return;
  if (node.kind === 'record' && isObject(value)) {
    for (const { name, type } of node.fields) {
      if (Object.hasOwn(value, name)) {
        walk(type, value[name] as DataValue, path === '' ? name : `${path}.${name}`, notes);
      }
    }
  } else if (node.kind === 'array' && Array.isArray(value)) {
    for (let i = 0; i < value.length && notes.length < MAX_NOTES; i++) {
      walk(node.items, value[i] as DataValue, `${path}[${i}]`, notes);
    }
  } else if (node.kind === 'map' && isObject(value)) {
    for (const key of Object.keys(value)) {
      walk(node.values, value[key] as DataValue, `${path}[${JSON.stringify(key)}]`, notes);
    }
  } else if (node.kind === 'union') {
    const branch = branchOf(node.branches, value);
    if (branch) walk(branch, value, path, notes);
  } else if ('logical' in node && node.logical) {
    const text = meaning(node.logical, value);
    if (text !== null) notes.push({ path, type: typeOf(node.logical), text });
  } else if (value instanceof Uint8Array) {
    notes.push({ path, type: node.kind, text: `${value.length} bytes, as base64` });
  }
}

/** Values carry no trace of their branch: where two could be it, nothing is said. */
function branchOf(branches: readonly AvroNode[], value: DataValue): AvroNode | undefined {
  const could = branches.filter((branch) => couldBe(branch, value));
  return could.length === 1 ? could[0] : undefined;
}

function couldBe(node: AvroNode, value: DataValue): boolean {
  switch (node.kind) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'int':
    case 'long':
    case 'float':
    case 'double':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'string':
    case 'enum':
      return typeof value === 'string';
    case 'bytes':
    case 'fixed':
      return node.logical ? typeof value !== 'boolean' : value instanceof Uint8Array;
    case 'array':
      return Array.isArray(value);
    case 'map':
      return isObject(value);
    case 'record':
      return isObject(value) && node.fields.every(({ name }) => Object.hasOwn(value, name));
    case 'union':
      return node.branches.some((branch) => couldBe(branch, value));
  }
}

const typeOf = ({ type, precision, scale }: Logical): string =>
  type === 'decimal' ? `decimal(${precision}, ${scale})` : type;

const isObject = (value: DataValue): value is { [key: string]: DataValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** Units per second of the instants and times of day. */
const perSecond: Readonly<Record<string, number>> = {
  millis: 1_000,
  micros: 1_000_000,
  nanos: 1_000_000_000,
};

function meaning(logical: Logical, value: DataValue): string | null {
  const { type } = logical;
  if (type === 'decimal' || type === 'big-decimal') {
    return typeof value === 'number' && type === 'decimal'
      ? value.toFixed(Math.min(100, logical.scale))
      : String(value);
  }
  if (type === 'uuid') return typeof value === 'string' ? value : null;
  if (typeof value !== 'number' && typeof value !== 'bigint') return null;
  if (type === 'date') return dayText(Number(value));
  const unit = perSecond[type.slice(type.lastIndexOf('-') + 1)];
  if (unit === undefined) return null;
  if (type.startsWith('timestamp-')) return momentText(BigInt(value), unit, 'Z');
  if (type.startsWith('local-timestamp-')) return momentText(BigInt(value), unit, '');
  if (type.startsWith('time-')) return momentText(BigInt(value), unit, '')?.slice(11) ?? null;
  return null;
}

function dayText(day: number): string | null {
  const date = new Date(day * 86_400_000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/T.*/, '');
}

/** An instant in ISO 8601 with as many digits as its unit has; null outside the years that a date can have. */
export function momentText(value: bigint, unitsPerSecond: number, zone: string): string | null {
  const units = BigInt(unitsPerSecond);
  const rest = ((value % units) + units) % units;
  const seconds = Number((value - rest) / units);
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) return null;
  const digits = String(rest).padStart(String(unitsPerSecond).length - 1, '0');
  return date.toISOString().replace(/\.\d{3}Z$/, `.${digits}${zone}`);
}
