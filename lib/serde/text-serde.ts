import { isUtf8 } from 'node:buffer';
import type { Detection, Serde, SerdeContext, Shown } from './serde.ts';
import { utf8Cut, visibleText } from './visible-text.ts';

/** Valid UTF-8 without NUL: text, whatever it says. */
export const textSerde: Serde = {
  name: 'text',
  detect(bytes: Buffer): Detection {
    if (bytes.length === 0) return { fits: true, reason: 'Empty: zero bytes.' };
    if (!isUtf8(bytes)) return { fits: false, nearMiss: 'Not valid UTF-8.' };
    if (bytes.includes(0)) return { fits: false, nearMiss: 'Contains NUL bytes, which text does not.' };
    return { fits: true, reason: 'Valid UTF-8.' };
  },
  decode: showText,
};

export function showText(bytes: Buffer, context: SerdeContext): Shown {
  const shownBytes = utf8Cut(bytes, context.limitBytes);
  const text = bytes.toString('utf8', 0, shownBytes);
  const visible = visibleText(text);
  return { text: visible, shownBytes, isFaithful: visible === text, format: 'text' };
}
