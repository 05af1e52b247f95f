import { decimalText, unscaledOf } from '../avro/avro-logical.ts';
import { momentText } from '../avro/avro-notes.ts';
import type { DataValue } from '../decode-plan.ts';

/** Reads a message of a full name, for `Any`; null when that type is not known. */
export type Resolve = (name: string, bytes: Uint8Array, depth: number) => DataValue | null;

type Message = { [key: string]: DataValue };

const wrappers = new Set(
  ['Double', 'Float', 'Int64', 'UInt64', 'Int32', 'UInt32', 'Bool', 'String', 'Bytes'].map(
    (name) => `google.protobuf.${name}Value`,
  ),
);

/** The types of google.protobuf that have a JSON form of their own, in that form; others as they are. */
export function wellKnown(name: string, message: Message, resolve: Resolve, depth: number): DataValue {
  if (wrappers.has(name)) return own(message, 'value');
  switch (name) {
    case 'google.protobuf.Timestamp':
      return instant(message) ?? message;
    case 'google.protobuf.Duration':
      return duration(message) ?? message;
    case 'google.protobuf.FieldMask': {
      const paths = own(message, 'paths');
      return Array.isArray(paths) ? paths.join(',') : message;
    }
    case 'google.protobuf.Struct':
      return own(message, 'fields');
    case 'google.protobuf.ListValue':
      return own(message, 'values');
    case 'google.protobuf.Value': {
      const [kind] = Object.keys(message);
      return kind === undefined || /^null_?value$/i.test(kind) ? null : own(message, kind);
    }
    case 'google.protobuf.Any':
      return any(message, resolve, depth);
    case 'confluent.type.Decimal':
      return decimal(message) ?? message;
    default:
      return message;
  }
}

const own = (message: Message, key: string): DataValue =>
  Object.hasOwn(message, key) ? (message[key] as DataValue) : null;

/** `2026-11-21T12:00:00.5Z` with 0, 3, 6 or 9 digits; null outside the years 1 to 9999, where it is no timestamp. */
function instant(message: Message): string | null {
  const [seconds, nanos] = [own(message, 'seconds'), own(message, 'nanos')];
  if (typeof seconds !== 'number' || typeof nanos !== 'number' || nanos < 0 || nanos > 999_999_999)
    return null;
  if (seconds < -62_135_596_800 || seconds > 253_402_300_799) return null;
  const text = momentText(BigInt(seconds) * 1_000_000_000n + BigInt(nanos), 1_000_000_000, 'Z');
  return text?.replace(/\.(\d{9})Z$/, (_all, digits: string) => `${fraction(digits)}Z`) ?? null;
}

function duration(message: Message): string | null {
  const [seconds, nanos] = [own(message, 'seconds'), own(message, 'nanos')];
  if (typeof seconds !== 'number' || typeof nanos !== 'number' || Math.abs(nanos) > 999_999_999) return null;
  if ((seconds > 0 && nanos < 0) || (seconds < 0 && nanos > 0)) return null;
  const sign = seconds < 0 || nanos < 0 ? '-' : '';
  return `${sign}${Math.abs(seconds)}${fraction(String(Math.abs(nanos)).padStart(9, '0'))}s`;
}

/** Nine digits in groups of three, as few as hold the value. */
function fraction(digits: string): string {
  if (digits === '000000000') return '';
  if (digits.endsWith('000000')) return `.${digits.slice(0, 3)}`;
  return digits.endsWith('000') ? `.${digits.slice(0, 6)}` : `.${digits}`;
}

function any(message: Message, resolve: Resolve, depth: number): DataValue {
  const [url, bytes] = [own(message, 'type_url'), own(message, 'value')];
  if (typeof url !== 'string' || !(bytes instanceof Uint8Array)) return message;
  const value = resolve(url.slice(url.lastIndexOf('/') + 1), bytes, depth);
  if (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array)
  ) {
    return { '@type': url, ...value };
  }
  return { '@type': url, value: value ?? bytes };
}

function decimal(message: Message): DataValue | null {
  const [bytes, scale] = [own(message, 'value'), own(message, 'scale')];
  if (!(bytes instanceof Uint8Array) || bytes.length > 4_096 || typeof scale !== 'number') return null;
  if (Math.abs(scale) > 1_000) return null;
  const unscaled = unscaledOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const text = decimalText(unscaled, scale);
  return text.replace(/\D/g, '').length <= 15 ? Number(text) : text;
}
