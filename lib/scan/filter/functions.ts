import { type Cell, Failure, Instant, instantOf, isObject } from './cell.ts';
import { mismatch } from './operations.ts';

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;

/** Functions of one value that need no library: called as `name(x)` or, where that is how it is written, as `x.name()`. */
export const functions: Readonly<Record<string, (cell: Cell) => Cell>> = {
  __proto__: null as never,
  size: sizeOf,
  int: toInt,
  double: toDouble,
  string: toText,
  bool: toBool,
  timestamp: toInstant,
  dyn: (cell) => cell,
  lowerAscii: (cell) => (typeof cell === 'string' ? lower(cell) : mismatch('lowerAscii', cell)),
  upperAscii: (cell) => (typeof cell === 'string' ? upper(cell) : mismatch('upperAscii', cell)),
  trim: (cell) => (typeof cell === 'string' ? cell.trim() : mismatch('trim', cell)),
};

const lower = (text: string) => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
const upper = (text: string) => text.replace(/[a-z]+/g, (part) => part.toUpperCase());

/** Characters of a text, bytes of bytes, elements of a list, fields of an object. */
function sizeOf(cell: Cell): Cell {
  if (typeof cell === 'string') return BigInt(codePoints(cell));
  if (cell instanceof Uint8Array || Array.isArray(cell)) return BigInt(cell.length);
  return isObject(cell) ? BigInt(Object.keys(cell).length) : mismatch('size', cell);
}

function codePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) !== 0xd800 || (text.charCodeAt(i + 1) & 0xfc00) !== 0xdc00) continue;
    count--;
    i++;
  }
  return count;
}

/** Digits as they are; a decimal loses what is behind the point; a time gives epoch seconds, as CEL says. */
function toInt(cell: Cell): Cell {
  const range = (value: bigint): Cell =>
    value >= MIN_INT && value <= MAX_INT ? value : new Failure('the number does not fit 64 bits');
  if (typeof cell === 'bigint') return range(cell);
  if (typeof cell === 'number') {
    return Number.isFinite(cell) ? range(BigInt(Math.trunc(cell))) : new Failure('the number is not finite');
  }
  if (cell instanceof Instant) return floorDivide(cell.nanos, 1_000_000_000n);
  if (typeof cell !== 'string') return mismatch('int', cell);
  return /^[+-]?\d{1,40}$/.test(cell) ? range(BigInt(cell.replace(/^\+/, ''))) : notNumber;
}

const notNumber = new Failure('the text is not a number');
const floorDivide = (a: bigint, b: bigint) => (a - (((a % b) + b) % b)) / b;

function toDouble(cell: Cell): Cell {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell !== 'string') return mismatch('double', cell);
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(cell) ? Number(cell) : notNumber;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function toText(cell: Cell): Cell {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean') return String(cell);
  if (cell instanceof Instant) return isoText(cell.nanos);
  if (!(cell instanceof Uint8Array)) return mismatch('string', cell);
  try {
    return decoder.decode(cell);
  } catch {
    return new Failure('the bytes are not text');
  }
}

/** RFC 3339 with as many digits of a second as there are. */
function isoText(nanos: bigint): string {
  const seconds = floorDivide(nanos, 1_000_000_000n);
  const rest = String(nanos - seconds * 1_000_000_000n).padStart(9, '0');
  const digits = rest === '000000000' ? '' : `.${rest.replace(/(?:000){1,2}$/, '')}`;
  return new Date(Number(seconds) * 1000).toISOString().replace(/\.000Z$/, `${digits}Z`);
}

function toBool(cell: Cell): Cell {
  if (typeof cell === 'boolean') return cell;
  if (typeof cell !== 'string') return mismatch('bool', cell);
  if (['true', 'True', 'TRUE', 't', '1'].includes(cell)) return true;
  if (['false', 'False', 'FALSE', 'f', '0'].includes(cell)) return false;
  return new Failure('the text is neither true nor false');
}

const isoPattern = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/;

/** Text is RFC 3339, a number is epoch milliseconds. */
export function toInstant(cell: Cell): Cell {
  if (cell instanceof Instant) return cell;
  if (typeof cell === 'bigint') return instantOf(cell * 1_000_000n);
  if (typeof cell === 'number') {
    return Number.isFinite(cell)
      ? instantOf(BigInt(Math.trunc(cell * 1000)) * 1000n)
      : new Failure('the number is not finite');
  }
  if (typeof cell !== 'string') return mismatch('timestamp', cell);
  const [all, date, time, fraction, zone] = isoPattern.exec(cell) ?? [];
  const seconds = all ? Date.parse(`${date}T${time}${zone?.toUpperCase()}`) : Number.NaN;
  if (Number.isNaN(seconds)) return new Failure('the text is not a time such as 2026-11-21T12:00:00Z');
  return instantOf(BigInt(seconds) * 1_000_000n + BigInt((fraction ?? '').padEnd(9, '0')));
}
