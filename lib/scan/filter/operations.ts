import { type Cell, Failure, Instant, isNumber, isObject, kindOf } from './cell.ts';

/**
 * What operators do. Numbers follow CEL where both sides have the same type, and these rules where a person would be surprised:
 *
 * - Whole numbers beyond 2^53 stay exact, whether written in the expression, in JSON or in a schema's 64-bit field.
 * - All numbers compare by their value: 1 == 1.0, and 9007199254740993 is neither equal to …992 nor to …992.0.
 * - A whole number of the expression and a JSON number calculate together (CEL refuses int + double). JSON does not tell 5 from
 *   5.0, so `value.count / 2` is 2.5; two whole numbers of 64 bits (`7 / 2`, Avro longs) divide as CEL says, to 3.
 * - Dividing by zero fails, also where a double would become infinite. 64-bit overflow fails.
 */

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;

const overflow = new Failure('the number does not fit 64 bits');
const byZero = new Failure('division by zero');

/** The answer where an operator does not work on what it was given. */
export function mismatch(operator: string, ...cells: Cell[]): Failure {
  return new Failure(`\`${operator}\` does not work on ${cells.map(kindOf).join(' and ')}`);
}

const int = (value: bigint): bigint | Failure => (value >= MIN_INT && value <= MAX_INT ? value : overflow);

type Arithmetic = '+' | '-' | '*' | '/' | '%';

export function calculate(operator: Arithmetic, left: Cell, right: Cell): Cell {
  if (typeof left === 'number' && typeof right === 'number') return ofDoubles(operator, left, right);
  if (typeof left === 'bigint' && typeof right === 'bigint') return ofInts(operator, left, right);
  if (isNumber(left) && isNumber(right)) return ofMixed(operator, left, right);
  return operator === '+' ? join(left, right) : mismatch(operator, left, right);
}

function ofDoubles(operator: Arithmetic, left: number, right: number): Cell {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? byZero : left / right;
    case '%':
      return right === 0 ? byZero : left % right;
  }
}

function ofInts(operator: Arithmetic, left: bigint, right: bigint): Cell {
  switch (operator) {
    case '+':
      return int(left + right);
    case '-':
      return int(left - right);
    case '*':
      return int(left * right);
    case '/':
      return right === 0n ? byZero : int(left / right);
    case '%':
      return right === 0n ? byZero : left % right;
  }
}

/** As doubles while that is exact; else, where both are whole, as whole numbers, which division is not. */
function ofMixed(operator: Arithmetic, left: number | bigint, right: number | bigint): Cell {
  const doubles: [number, number] = [Number(left), Number(right)];
  const isExact = Number.isSafeInteger(typeof left === 'bigint' ? doubles[0] : doubles[1]);
  if (isExact || operator === '/') return ofDoubles(operator, ...doubles);
  if (!Number.isInteger(doubles[0]) || !Number.isInteger(doubles[1])) return ofDoubles(operator, ...doubles);
  return ofInts(operator, BigInt(left), BigInt(right));
}

/** Characters, bytes or elements of what an expression may put together: doubling a text twenty times is no filter. */
const MAX_JOINED = 1_000_000;
const tooLong = new Failure(`the expression makes a text or list of more than ${MAX_JOINED} parts`);

function join(left: Cell, right: Cell): Cell {
  if (sizeOf(left) + sizeOf(right) > MAX_JOINED) return tooLong;
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right] as Cell[];
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    return Uint8Array.from(Buffer.concat([left, right]));
  }
  return mismatch('+', left, right);
}

const sizeOf = (cell: Cell): number =>
  typeof cell === 'string' || Array.isArray(cell) || cell instanceof Uint8Array ? cell.length : 0;

export function negate(cell: Cell): Cell {
  if (typeof cell === 'number') return -cell;
  return typeof cell === 'bigint' ? int(-cell) : mismatch('-', cell);
}

/** Less than zero, zero, more than zero; NaN is neither. Undefined where the two have no order. */
export function compare(left: Cell, right: Cell): number | undefined {
  // Between number and bigint, JavaScript compares the exact values.
  if (isNumber(left) && isNumber(right))
    return left < right ? -1 : left > right ? 1 : left >= right ? 0 : NaN;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right);
  if (left instanceof Instant || right instanceof Instant) {
    const [a, b] = [nanosOf(left), nanosOf(right)];
    return a === undefined || b === undefined ? undefined : a < b ? -1 : a > b ? 1 : 0;
  }
  return undefined;
}

/** A number beside a time is epoch milliseconds. */
function nanosOf(cell: Cell): bigint | undefined {
  if (cell instanceof Instant) return cell.nanos;
  if (typeof cell === 'bigint') return cell * 1_000_000n;
  if (typeof cell === 'number' && Number.isFinite(cell)) return BigInt(Math.trunc(cell * 1000)) * 1000n;
  return undefined;
}

/** Values of different kinds are not equal, which is no failure. Deep; data is nested 200 levels at most. */
export function isEqual(left: Cell, right: Cell): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') {
    if (isNumber(left) && isNumber(right)) return left <= right && left >= right;
    if (left instanceof Instant || right instanceof Instant) return compare(left, right) === 0;
    return false;
  }
  if (left === null || right === null) return false;
  if (
    left instanceof Uint8Array ||
    right instanceof Uint8Array ||
    left instanceof Instant ||
    right instanceof Instant
  ) {
    return compare(left, right) === 0;
  }
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, i) => isEqual(item, right[i] as Cell))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key] as Cell, right[key] as Cell))
  );
}

/** `needle in hay`: an element of a list, or a name in an object. */
export function isIn(needle: Cell, hay: Cell): boolean | Failure {
  if (Array.isArray(hay)) {
    for (const item of hay) if (isEqual(item, needle)) return true;
    return false;
  }
  if (!isObject(hay)) return mismatch('in', needle, hay);
  if (typeof needle === 'string') return Object.hasOwn(hay, needle);
  return typeof needle === 'boolean' || isNumber(needle) ? false : mismatch('in', needle, hay);
}

/** A field of an object, an element of a list. Undefined where there is none. Never what an object inherits. */
export function memberOf(cell: Cell, index: Cell): Cell | undefined {
  // The library takes true for 1 here; nobody will ask.
  if (Array.isArray(cell)) {
    return isNumber(index) || typeof index === 'boolean' ? cell[Number(index)] : undefined;
  }
  return typeof index === 'string' && isObject(cell) && Object.hasOwn(cell, index) ? cell[index] : undefined;
}
