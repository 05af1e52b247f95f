import { isUtf8 } from 'node:buffer';
import { MAX_JSON_DEPTH } from '#lib/model/json-text.ts';
import type { DataValue, Decoded } from './decode-plan.ts';
import { parseExactly } from './exact-integers.ts';

/** Members and elements in all: a million keys take a second and 300 MB to become objects. */
export const MAX_JSON_MEMBERS = 200_000;

/** Below this size neither limit can be reached. */
const UNCHECKED_BYTES = 2 * MAX_JSON_DEPTH;

/** Where a number may have more digits than a double: not in most strings, and at least 16. */
const longNumber = /(?:^|[[:,\s])-?[0-9]{16}/;

/**
 * The value of JSON bytes for filters, columns and masks. Whole numbers written without point and exponent are exact: bigint beyond
 * 2^53; all others are doubles. Of a name that occurs twice the last counts. Objects hold own keys only, `__proto__` among them.
 */
export function jsonValue(bytes: Buffer): Decoded {
  if (!isUtf8(bytes)) return notUtf8;
  if (bytes.length > UNCHECKED_BYTES) {
    const limit = limitReached(bytes);
    if (limit) return limit;
  }
  const text = bytes.toString('utf8');
  try {
    const value = longNumber.test(text) ? parseExactly(text) : JSON.parse(text);
    return { value: value as DataValue };
  } catch {
    return notJson;
  }
}

const notUtf8: Decoded = { reason: 'Not valid UTF-8.' };
const notJson: Decoded = { reason: 'Not valid JSON.' };
const tooDeep: Decoded = { reason: `JSON nested deeper than ${MAX_JSON_DEPTH} levels.` };
const tooMany: Decoded = { reason: `JSON with more than ${MAX_JSON_MEMBERS.toLocaleString('en')} members.` };

/** One pass over the bytes outside strings. Sound for JSON; for what is none, the parser says so afterwards. */
function limitReached(bytes: Buffer): Decoded | undefined {
  let depth = 0;
  let members = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x22) {
      at = endOfString(bytes, at);
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MAX_JSON_DEPTH) return tooDeep;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--;
    } else if (byte === 0x2c && ++members >= MAX_JSON_MEMBERS) {
      return tooMany;
    }
  }
  return undefined;
}

/** Position of the closing quote. */
function endOfString(bytes: Buffer, start: number): number {
  for (let at = start + 1; ; at++) {
    const byte = bytes[at];
    if (byte === 0x5c) at++;
    else if (byte === 0x22 || byte === undefined) return at;
  }
}
