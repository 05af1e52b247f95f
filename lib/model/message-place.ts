import { z } from 'zod';

const MAX_OFFSET = 9_223_372_036_854_775_807n;

/** Where a record lies; a number that no log can reach is not one. */
export const MessageOffset = z
  .string()
  .regex(/^\d{1,19}$/, { error: 'An offset is a whole number from 0.', abort: true })
  .refine((text) => BigInt(text) <= MAX_OFFSET, 'An offset is at most 9,223,372,036,854,775,807.');

/** Epoch milliseconds of a moment with its zone, or of plain milliseconds; null when it is neither. */
export function momentOf(text: string): number | null {
  const isPlain = /^\d{1,15}$/.test(text);
  if (!isPlain && !z.iso.datetime({ offset: true }).safeParse(text).success) return null;
  const ms = isPlain ? Number(text) : Date.parse(text);
  return Number.isSafeInteger(ms) && ms >= 0 && ms <= 253_402_300_799_999 ? ms : null;
}
