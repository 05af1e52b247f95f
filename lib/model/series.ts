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
  '30d': 2_592_000_000,
  '90d': 7_776_000_000,
} as const;
/** `1h` and its like up to now, or two moments in epoch ms: `1795226400000-1795230000000`. */
export const Range = z
  .string()
  .regex(
    /^(15m|1h|6h|24h|7d|30d|90d|\d{12,14}-\d{12,14})$/,
    'Use 15m, 1h, 6h, 24h, 7d, 30d, 90d, or two times in ms joined by a hyphen.',
  );

/** From when to when a range reaches at `nowMs`; a range that ends before it begins is taken as one second. */
export function boundsOfRange(range: string, nowMs: number): { fromMs: number; toMs: number } {
  const last = ranges[range as keyof typeof ranges];
  if (last !== undefined) return { fromMs: nowMs - last, toMs: nowMs };
  const [from = 0, to = 0] = range.split('-').map(Number);
  return { fromMs: from, toMs: Math.max(to, from + 1000) };
}

/** How long ago the pale line of a comparison lies. */
export const comparisons = { '1d': 86_400_000, '7d': 604_800_000 } as const;
export const Comparison = z.enum(['1d', '7d']);
export type Comparison = z.infer<typeof Comparison>;

/** Steps a chart has unless it asks for others: more cannot be told apart on a screen. */
export const usualPoints = 240;
/** Numbers of one answer: a heat map of a hundred lines has fewer steps than a chart of six. */
const mostNumbers = 24_000;

export const ReadSeriesInput = z
  .strictObject({
    clusterId: ClusterId,
    /** `kind` or `kind:name`, at most 100. */
    series: z
      .union([z.string().max(700), z.array(z.string().max(700)).max(100)])
      .transform((value) => (typeof value === 'string' ? [value] : value)),
    range: Range.default('1h'),
    /** The same series so much earlier as well, as `before`. */
    compare: Comparison.optional(),
    /** Steps at most. */
    points: z.coerce.number().int().min(10).max(2_000).default(usualPoints),
  })
  .refine(({ series, points, compare }) => series.length * points * (compare ? 2 : 1) <= mostNumbers, {
    path: ['points'],
    message: `Ask for fewer series or fewer points: an answer has at most ${mostNumbers} numbers.`,
  });

/** Points of several series at the same times. Null is a gap: nothing was sampled, which is not zero. */
export const SeriesAnswer = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  stepMs: z.number(),
  at: z.array(z.number()),
  series: z.array(
    z.object({
      kind: SeriesKind,
      name: z.string(),
      values: z.array(z.number().nullable()),
      /** What stood there a day or a week earlier, at the same `at`; only when it was asked for. */
      before: z.array(z.number().nullable()).optional(),
      /** Why there are no numbers of this kind, as a sentence; null when there are some, now or in what was asked for. */
      missing: z.string().nullable(),
    }),
  ),
  /** When the first sample of this cluster was taken, epoch ms; null when there is none. */
  since: z.number().nullable(),
});
export type SeriesAnswer = z.infer<typeof SeriesAnswer>;

const Search = z.string().trim().max(249).default('');

export const ListSeriesNamesInput = z.strictObject({
  clusterId: ClusterId,
  kind: SeriesKind,
  /** Part of the name, in any case. */
  q: Search,
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Names that have a series of a kind, those of now and those that history remembers, in order. */
export const SeriesNames = z.object({
  kind: SeriesKind,
  total: z.number().int(),
  names: z.array(z.string()),
  missing: z.string().nullable(),
});
export type SeriesNames = z.infer<typeof SeriesNames>;

/**
 * What a list of the largest is ordered by: the newest number, mean or largest over the range, `growth` (newest minus first
 * of the range), or `change` (mean of the range against the mean of the equally long time before it, as a share: 0.5 is half
 * as much again).
 */
export const topMeasures = ['last', 'mean', 'max', 'growth', 'change'] as const;
export const TopMeasure = z.enum(topMeasures);
export type TopMeasure = z.infer<typeof TopMeasure>;

export const ListTopSeriesInput = z.strictObject({
  clusterId: ClusterId,
  kind: SeriesKind,
  by: TopMeasure.default('last'),
  order: z.enum(['most', 'least']).default('most'),
  range: Range.default('1h'),
  q: Search,
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const TopSeries = z.object({
  kind: SeriesKind,
  by: TopMeasure,
  fromMs: z.number(),
  toMs: z.number(),
  /** How many series were compared. */
  total: z.number().int(),
  rows: z.array(
    z.object({
      name: z.string(),
      /** What it is ordered by. */
      value: z.number(),
      last: z.number().nullable(),
      /** The range in 60 steps. */
      spark: z.array(z.number().nullable()),
    }),
  ),
  missing: z.string().nullable(),
});
export type TopSeries = z.infer<typeof TopSeries>;

/** Every kind with what it is, and whether this cluster has it. */
export const SeriesKinds = z.object({
  rows: z.array(
    z.object({
      kind: SeriesKind,
      subject: z.string(),
      title: z.string(),
      unit: z.string(),
      isDetail: z.boolean(),
      /** Series of this kind now. */
      count: z.number().int(),
      missing: z.string().nullable(),
    }),
  ),
});
export type SeriesKinds = z.infer<typeof SeriesKinds>;
