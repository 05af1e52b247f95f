import { z } from 'zod';
import { MessageOffset, momentOf } from './message-place.ts';

/**
 * A bound of what is read, per partition: an offset, the first record at or after a moment, or positions of their own (a group's
 * committed offsets; a partition that is not among them has no bound).
 */
export const Place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offset'), offset: z.string().regex(/^\d{1,19}$/) }),
  /** Epoch milliseconds. */
  z.strictObject({ kind: z.literal('time'), timestampMs: z.number().int().min(0).max(253_402_300_799_999) }),
  z.strictObject({
    kind: z.literal('positions'),
    positions: z.array(z.tuple([z.number().int().min(0), z.string().regex(/^\d{1,19}$/)])).max(100_000),
  }),
]);
export type Place = z.infer<typeof Place>;

export const readOrders = ['newest', 'oldest'] as const;
export const ReadOrder = z.enum(readOrders);
export type ReadOrder = z.infer<typeof ReadOrder>;

/**
 * What is read: everything of `[from, to)`, in this order. A null bound is the log's own start or end as they were when reading began.
 * Where a bound is a time, each record is also held against it, because timestamps of producers need not ascend.
 */
export const ReadRange = z.strictObject({ order: ReadOrder, from: Place.nullable(), to: Place.nullable() });
export type ReadRange = z.infer<typeof ReadRange>;

/** A bound as an address writes it. `ago` and `group` become a time and positions when the request is served. */
export type PlaceText =
  | { kind: 'offset'; offset: string }
  | { kind: 'time'; timestampMs: number }
  | { kind: 'ago'; ms: number }
  | { kind: 'group'; groupId: string };

const unitsMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const maxAgoMs = 3_650 * 86_400_000;

/**
 * Reads `offset:120`, `2026-11-21T03:12:40Z` (or epoch milliseconds), `-15m` (s, m, h, d ago) or `group:NAME`; null when it is none of them.
 */
export function parsePlace(text: string): PlaceText | null {
  if (text.startsWith('offset:')) {
    const offset = MessageOffset.safeParse(text.slice(7));
    return offset.success ? { kind: 'offset', offset: offset.data } : null;
  }
  if (text.startsWith('group:')) {
    const groupId = text.slice(6);
    return groupId.length > 0 && groupId.length <= 255 ? { kind: 'group', groupId } : null;
  }
  const ago = /^-(\d{1,7})([smhd])$/.exec(text);
  if (ago) {
    const ms = Number(ago[1]) * (unitsMs[ago[2] ?? ''] ?? 0);
    return ms > 0 && ms <= maxAgoMs ? { kind: 'ago', ms } : null;
  }
  const timestampMs = momentOf(text);
  return timestampMs === null ? null : { kind: 'time', timestampMs };
}
