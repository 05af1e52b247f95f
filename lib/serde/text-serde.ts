import { isUtf8 } from 'node:buffer';
import type { Reading, Serde } from './serde.ts';
import { visibleText } from './visible-text.ts';

/** Valid UTF-8 without NUL: text, whatever it says. */
export const textSerde: Serde = {
  name: 'text',
  read(bytes, _context, choice): Reading {
    const body = { as: 'text', bytes } as const;
    if (bytes.length === 0) return { fits: true, reason: 'Empty: zero bytes.', body };
    if (!isUtf8(bytes)) return { fits: false, nearMiss: 'Not valid UTF-8.' };
    if (!choice && bytes.includes(0)) {
      return { fits: false, nearMiss: 'Contains NUL bytes, which text does not.' };
    }
    return { fits: true, reason: 'Valid UTF-8.', body };
  },
  decode(bytes, _context, choice) {
    if (!isUtf8(bytes) || (!choice && bytes.includes(0))) return undefined;
    return { value: bytes.toString('utf8') };
  },
};

/** The bytes as text where that gives them back exactly and nothing in it is unseen; else null. */
export function plainText(bytes: Buffer): string | null {
  if (!isUtf8(bytes) || bytes.includes(0)) return null;
  const text = bytes.toString('utf8');
  return visibleText(text) === text ? text : null;
}
