/** Controls, format characters (zero width, direction), separators of lines, and halves of characters. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text with what cannot be seen, or would turn the line around, written out as `\u202e`. */
export const seenText = (text: string): string =>
  text.replace(unseen, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
