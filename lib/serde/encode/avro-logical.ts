import type { JsonNode } from '#lib/model/json-tree.ts';
import type { Logical } from '../avro/avro-schema.ts';
import type { FieldErrors } from './field-errors.ts';

const nanosPerDay = 86_400_000_000_000n;
const unitNanos: Record<string, bigint> = { millis: 1_000_000n, micros: 1_000n, nanos: 1n };

/**
 * The whole number that the text of a date, time or timestamp stands for. Undefined when the value is no text or the type has no such
 * meaning: then it is a plain number. Null with the error noted when the text is none.
 */
export function logicalWhole(
  logical: string | null,
  node: JsonNode,
  path: string,
  errors: FieldErrors,
): bigint | null | undefined {
  if (logical === null || node.kind !== 'string' || /^[+-]?\d+$/.test(node.value)) return undefined;
  const unit = unitNanos[/-(millis|micros|nanos)$/.exec(logical)?.[1] ?? ''];
  if (logical === 'date') {
    const nanos = /^\d{4}-\d{2}-\d{2}$/.test(node.value) ? instantNanos(`${node.value}T00:00:00Z`) : null;
    if (nanos !== null) return nanos / nanosPerDay;
    errors.add(path, node, 'a date is needed, as 2026-11-21 or as days since 1970');
    return null;
  }
  if (!unit) return undefined;
  const isTime = logical.startsWith('time-');
  const isLocal = logical.startsWith('local-timestamp-');
  const text = isTime
    ? `1970-01-01T${node.value}Z`
    : isLocal
      ? `${node.value.replace(/Z$/, '')}Z`
      : node.value;
  const nanos = instantNanos(text);
  if (nanos === null) {
    const example = isTime ? '03:12:40.250' : `2026-11-21T03:12:40.250${isLocal ? '' : 'Z'}`;
    errors.add(path, node, `${isTime ? 'a time' : 'a moment'} is needed, as ${example} or as a number`);
    return null;
  }
  if (nanos % unit !== 0n) {
    errors.add(
      path,
      node,
      `is finer than the ${unit === 1_000n ? 'microseconds' : 'milliseconds'} the schema holds`,
    );
    return null;
  }
  return nanos / unit;
}

/** Nanoseconds since 1970 of an ISO 8601 moment with zone; null when it is none. */
export function instantNanos(text: string): bigint | null {
  const match =
    /^(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:?\d{2})$/.exec(text);
  if (!match) return null;
  const [, base = '', fraction = '', zone = 'Z'] = match;
  const seconds = base.length === 16 ? `${base}:00` : base;
  const ms = Date.parse(
    `${seconds.replace(/[t ]/, 'T')}${zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`,
  );
  // JavaScript takes 31 February for 3 March.
  const day = Date.parse(`${base.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(ms) || Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== base.slice(0, 10))
    return null;
  return BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0') || '0');
}

/** The unscaled two's complement bytes of a decimal, `size` of them when it is fixed; null with the error noted. */
export function unscaledOf(
  { precision, scale }: Logical,
  size: number | null,
  node: JsonNode,
  path: string,
  errors: FieldErrors,
): Buffer | null {
  const text = node.kind === 'number' ? node.text : node.kind === 'string' ? node.value.trim() : '';
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) {
    errors.add(
      path,
      node,
      `a decimal number is needed, such as ${scale === 0 ? '12' : `12.${'5'.padEnd(scale, '0').slice(0, scale)}`}`,
    );
    return null;
  }
  const [, sign = '', whole = '0', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > scale) {
    errors.add(path, node, `at most ${scale} digits after the point, these are ${kept.length}`);
    return null;
  }
  const digits = `${whole}${kept.padEnd(scale, '0')}`.replace(/^0+(?=\d)/, '');
  if (digits.length > precision) {
    errors.add(path, node, `at most ${precision} digits in all, ${scale} of them after the point`);
    return null;
  }
  const unscaled = BigInt(`${sign === '-' ? '-' : ''}${digits}`);
  return twosComplement(unscaled, size, path, node, errors);
}

function twosComplement(
  value: bigint,
  size: number | null,
  path: string,
  node: JsonNode,
  errors: FieldErrors,
): Buffer | null {
  const magnitude = value < 0n ? -value - 1n : value;
  const least = Math.floor(magnitude.toString(2).length / 8) + 1;
  const bytes = size ?? least;
  if (least > bytes) {
    errors.add(path, node, `does not fit into the ${bytes} bytes of the type`);
    return null;
  }
  const hex = BigInt.asUintN(bytes * 8, value).toString(16);
  return Buffer.from(hex.padStart(bytes * 2, '0'), 'hex');
}
