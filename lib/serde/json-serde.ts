import { isUtf8 } from 'node:buffer';
import { checkJson, MAX_JSON_DEPTH } from '#lib/model/json-text.ts';
import { jsonValue } from './json-value.ts';
import type { Reading, Serde, SerdeContext } from './serde.ts';

/** Sizes from which JSON is not checked: about 10 ms of work each. */
const CHECKED_BYTES = { preview: 128 * 1024, detail: 1024 * 1024 };

/**
 * JSON objects and arrays. A lone number, word or quoted string is left to the text serde: it reads the same, and a
 * topic of plain texts does not change its face from one message to the next. Where JSON was chosen those are JSON too.
 */
export const jsonSerde: Serde = {
  name: 'json',
  read(bytes, context, choice): Reading {
    const first = firstByte(bytes);
    if (!choice && first !== 0x7b && first !== 0x5b) return { fits: false };
    return readJson(bytes, context);
  },
  decode(bytes, _context, choice) {
    if (!choice) {
      const first = firstByte(bytes);
      if (first !== 0x7b && first !== 0x5b) return undefined;
    }
    const decoded = jsonValue(bytes);
    return 'reason' in decoded && !choice ? undefined : decoded;
  },
};

/** Any JSON value. */
export function readJson(bytes: Buffer, context: SerdeContext): Reading {
  const limit = context.isPreview ? CHECKED_BYTES.preview : CHECKED_BYTES.detail;
  if (bytes.length > limit) {
    return { fits: false, nearMiss: `Looks like JSON; not checked above ${limit / 1024} KB.` };
  }
  if (!isUtf8(bytes)) return { fits: false, nearMiss: 'Looks like JSON, but is not valid UTF-8.' };
  const check = checkJson(bytes.toString('utf8'));
  if (check.ok) return { fits: true, reason: `Valid JSON ${check.kind}.`, body: { as: 'json', bytes } };
  return {
    fits: false,
    nearMiss:
      check.reason === 'too-deep'
        ? `JSON nested deeper than ${MAX_JSON_DEPTH} levels, shown as it is.`
        : `Looks like JSON, but is not: error at character ${check.position + 1}.`,
  };
}

function firstByte(bytes: Buffer): number | undefined {
  for (let i = 0; i < bytes.length && i < 1024; i++) {
    const byte = bytes[i] as number;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
  }
  return undefined;
}
