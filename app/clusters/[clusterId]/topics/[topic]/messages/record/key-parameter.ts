import { base64OfField, isExactText, isMasked, isWhole } from '#components/message/field-bytes.ts';
import type { MessageField } from '#lib/model/message.ts';

const mostCharacters = 1000;

/**
 * A record's key as the parameter that finds all records of it: its text, or its bytes where no text gives them. Null where it cannot
 * be said: no key, a masked one, or one that is too long.
 */
export function keyParameter(key: MessageField | null): string | null {
  if (key === null || key.sizeBytes === 0 || isMasked(key) || !isWhole(key)) return null;
  const isPlain = isExactText(key) && !/^(?:hex|base64):/.test(key.text);
  const text = isPlain ? key.text : `base64:${base64OfField(key)}`;
  return text.length > mostCharacters ? null : text;
}
