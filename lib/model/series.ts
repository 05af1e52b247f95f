import { z } from 'zod';
import { ClusterId } from './ids.ts';
import { seriesKinds } from './series-kinds.ts';

export const SeriesKind = z.enum(seriesKinds);
export type SeriesKind = z.infer<typeof SeriesKind>;

export const ranges = {
  '15m': 900_000,
  '1h': 3_600_000,
  '6h': 21_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
} as const;
/** `1h` and its like up to now, or two moments in epoch ms: `1795226400000-1795230000000`. */
export const Range = z
  .string()
  .regex(
    /^(15m|1h|6h|24h|7d|\d{12,14}-\d{12,14})$/,
    'Use 15m, 1h, 6h, 24h, 7d, or two times in ms joined by a hyphen.',
  );

/** From when to when a range reaches at `nowMs`; a range that ends before it begins is taken as one second. */
export function boundsOfRange(range: string, nowMs: number): { fromMs: number; toMs: number } {
  const last = ranges[range as keyof typeof ranges];
  if (last !== undefined) return { fromMs: nowMs - last, toMs: nowMs };
  const [from = 0, to = 0] = range.split('-').map(Number);
  return { fromMs: from, toMs: Math.max(to, from + 1000) };
}

export const ReadSeriesInput = z.strictObject({
  clusterId: ClusterId,
  /** `kind` or `kind:name`, at most 20. */
  series: z
    .union([z.string().max(400), z.array(z.string().max(400)).max(20)])
    .transform((value) => (typeof value === 'string' ? [value] : value)),
  range: Range.default('1h'),
});

/** Points of several series at the same times. Null is a gap: nothing was sampled, which is not zero. */
export const SeriesAnswer = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  stepMs: z.number(),
  at: z.array(z.number()),
  series: z.array(z.object({ kind: SeriesKind, name: z.string(), values: z.array(z.number().nullable()) })),
  /** When the first sample of this cluster was taken, epoch ms; null when there is none. */
  since: z.number().nullable(),
});
export type SeriesAnswer = z.infer<typeof SeriesAnswer>;
