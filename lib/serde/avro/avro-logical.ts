import type { DataValue } from '../decode-plan.ts';
import { Malformed } from '../malformed.ts';
import { AvroCursor } from './avro-cursor.ts';

/** Digits that a double keeps, whatever they are. */
const EXACT_DIGITS = 15;

/**
 * A decimal: a number where it has at most 15 digits, so that it can be compared; else the text of all its digits. `bytes` are
 * its unscaled value, big-endian.
 */
export function readDecimal(bytes: Buffer, scale: number): DataValue {
  if (bytes.length > 0 && bytes.length <= 6) {
    const unscaled = bytes.readIntBE(0, bytes.length);
    if (Math.abs(unscaled) < 1e15 && scale <= 22) return unscaled / 10 ** scale;
  }
  return decimalOf(unscaledOf(bytes), scale);
}

/** All the digits of a decimal, as many behind the point as its scale says. */
export function decimalText(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  if (scale <= 0) return `${sign}${digits}${'0'.repeat(unscaled === 0n ? 0 : -scale)}`;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function unscaledOf(bytes: Buffer): bigint {
  if (bytes.length === 0) return 0n;
  if (bytes.length > 4_096)
    throw new Malformed(`a decimal of ${bytes.length} bytes is more than can be meant`);
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`));
}

function decimalOf(unscaled: bigint, scale: number): DataValue {
  const text = decimalText(unscaled, scale);
  const digits = unscaled.toString().replace('-', '').length;
  return digits <= EXACT_DIGITS && Math.abs(scale) <= 300 ? Number(text) : text;
}

/** Avro 1.12's decimal that carries its own scale. */
export function readBigDecimal(bytes: Buffer): DataValue {
  const cursor = new AvroCursor(bytes, 0);
  const unscaled = cursor.take(cursor.readSize('the length of a decimal'));
  const scale = Number(cursor.readLong());
  if (Math.abs(scale) > 10_000) throw new Malformed(`a decimal has the scale ${scale}`);
  return decimalOf(unscaledOf(unscaled), scale);
}

export const readUuid = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export const readDuration = (bytes: Buffer): DataValue => ({
  months: bytes.readUInt32LE(0),
  days: bytes.readUInt32LE(4),
  millis: bytes.readUInt32LE(8),
});
