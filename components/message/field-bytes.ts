import type { MessageField } from '#lib/model/message.ts';

/** Whether the text is pairs of digits, a byte each. */
export const isShownInDigits = (field: MessageField): boolean => field.format === 'hex';

/** Whether a policy hides some or all of it: its bytes are then not here either. */
export const isMasked = (field: MessageField): boolean => field.maskedBy.length > 0;

/** The bytes of a field that are shown, exactly as stored; of a masked one those of what is shown instead. */
export function bytesOfField(field: MessageField): Uint8Array {
  if (field.base64 !== null) return Uint8Array.from(atob(field.base64), (char) => char.charCodeAt(0));
  if (!isShownInDigits(field)) return new TextEncoder().encode(field.text);
  const digits = field.text.replaceAll(' ', '');
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );
}

/** The bytes of a field that are shown, as base64. */
export function base64OfField(field: MessageField): string {
  if (field.base64 !== null) return field.base64;
  const bytes = bytesOfField(field);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

/**
 * What can be read of bytes, in one line: printable ASCII, with a dot for each run of the rest. Null when that is less than half:
 * then digits say more.
 */
export function readableOf(field: MessageField): string | null {
  const bytes = bytesOfField(field).subarray(0, 512);
  const printable = bytes.reduce((sum, byte) => sum + (byte >= 0x20 && byte < 0x7f ? 1 : 0), 0);
  if (printable * 2 < bytes.length) return null;
  return String.fromCharCode(...bytes).replace(/[^\x20-\x7e]+/g, '·');
}

/** Whether the text gives the bytes back, all of them. */
export const isExactText = (field: MessageField): boolean =>
  field.base64 === null && !isShownInDigits(field) && isWhole(field) && !isMasked(field);

/** Whether none of it was cut. */
export const isWhole = (field: MessageField): boolean => field.shownBytes === field.sizeBytes;
