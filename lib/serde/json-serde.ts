import { isUtf8 } from 'node:buffer';
import { checkJson, MAX_JSON_DEPTH } from '#lib/model/json-text.ts';
import type { Detection, Serde, SerdeContext } from './serde.ts';
import { showText } from './text-serde.ts';

/** Sizes from which JSON is not checked: about 10 ms of work each. */
const CHECKED_BYTES = { preview: 128 * 1024, detail: 1024 * 1024 };

/**
 * JSON objects and arrays. A lone number, word or quoted string is left to the text serde: it reads the same, and a
 * topic of plain texts does not change its face from one message to the next.
 */
export const jsonSerde: Serde = {
  name: 'json',
  detect(bytes: Buffer, context: SerdeContext): Detection {
    const first = firstByte(bytes);
    if (first !== 0x7b && first !== 0x5b) return { fits: false };
    const limit = context.isPreview ? CHECKED_BYTES.preview : CHECKED_BYTES.detail;
    if (bytes.length > limit) {
      return { fits: false, nearMiss: `Looks like JSON; not checked above ${limit / 1024} KB.` };
    }
    if (!isUtf8(bytes)) return { fits: false, nearMiss: 'Looks like JSON, but is not valid UTF-8.' };
    const check = checkJson(bytes.toString('utf8'));
    if (check.ok) return { fits: true, reason: `Valid JSON ${check.kind}.` };
    return {
      fits: false,
      nearMiss:
        check.reason === 'too-deep'
          ? `JSON nested deeper than ${MAX_JSON_DEPTH} levels, shown as it is.`
          : `Looks like JSON, but is not: error at character ${check.position + 1}.`,
    };
  },
  decode: (bytes, context) => ({ ...showText(bytes, context), format: 'json' }),
};

function firstByte(bytes: Buffer): number | undefined {
  for (let i = 0; i < bytes.length && i < 1024; i++) {
    const byte = bytes[i] as number;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
  }
  return undefined;
}
