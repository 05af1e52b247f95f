import type { DataValue } from '#lib/serde/decode-plan.ts';

/** An instant, as `timestamp` of the record and `timestamp(…)` give it. Nanoseconds since 1970. */
export class Instant {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/**
 * Why an expression has no result on a record. A value, not an exception: a filter may fail on every one of millions of records.
 */
export class Failure {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** What a part of an expression can be while it is evaluated. Objects hold own keys only. */
export type Cell = DataValue | Instant | Failure | Cell[];

/** The years 1 to 9999, as CEL says. */
const MIN_NANOS = -62_135_596_800_000_000_000n;
const MAX_NANOS = 253_402_300_799_999_999_999n;

export function instantOf(nanos: bigint): Instant | Failure {
  if (nanos < MIN_NANOS || nanos > MAX_NANOS) return new Failure('the time lies outside the years 1 to 9999');
  return new Instant(nanos);
}

export const isObject = (cell: Cell): cell is { [key: string]: DataValue } =>
  typeof cell === 'object' &&
  cell !== null &&
  !Array.isArray(cell) &&
  !(cell instanceof Uint8Array) &&
  !(cell instanceof Instant) &&
  !(cell instanceof Failure);

export const isNumber = (cell: Cell): cell is number | bigint =>
  typeof cell === 'number' || typeof cell === 'bigint';

/** What a value is, in a sentence: `a number`. */
export function kindOf(cell: Cell): string {
  if (cell === null) return 'null';
  if (typeof cell === 'string') return 'text';
  if (typeof cell === 'boolean') return 'true or false';
  if (isNumber(cell)) return 'a number';
  if (Array.isArray(cell)) return 'a list';
  if (cell instanceof Uint8Array) return 'bytes';
  if (cell instanceof Instant) return 'a time';
  return 'an object';
}
