import { z } from 'zod';

const whole = (most: number) => {
  const words = `Use a whole number from 1 to ${most}.`;
  return z.coerce.number(words).int(words).min(1, words).max(most, words);
};
const someNumber = 'Use a number from 0.1 to 10000.';

const fields = {
  /** Hours for which each scrape is kept. */
  scrapeHours: whole(48),
  /** Days for which a number a minute is kept. */
  minuteDays: whole(60),
  /** Days for which a number every fifteen minutes is kept. */
  quarterDays: whole(400),
  /** Disk that history may take; beyond it the oldest is removed early. */
  maxGigabytes: z.coerce.number(someNumber).min(0.1, someNumber).max(10_000, someNumber),
};
type Spans = { scrapeHours: number; minuteDays: number; quarterDays: number };

const minutesOutlastScrapes = ({ scrapeHours, minuteDays }: Spans): boolean => scrapeHours <= minuteDays * 24;
const quartersOutlastMinutes = ({ minuteDays, quarterDays }: Spans): boolean => minuteDays <= quarterDays;
const ofMinutes = { path: ['minuteDays'], message: 'Keep minutes for at least as long as every reading.' };
const ofQuarters = {
  path: ['quarterDays'],
  message: 'Keep quarters of an hour for at least as long as minutes.',
};

/** For how long numbers are kept, and how finely. What is older than one stretch goes on in the next, coarser one. */
export const HistorySettings = z
  .strictObject(fields)
  .refine(minutesOutlastScrapes, ofMinutes)
  .refine(quartersOutlastMinutes, ofQuarters);
export type HistorySettings = z.infer<typeof HistorySettings>;

export const usualHistory: HistorySettings = {
  scrapeHours: 6,
  minuteDays: 7,
  quarterDays: 90,
  maxGigabytes: 8,
};

/** New settings, and the version that was seen: 0 while nothing was ever set. */
export const UpdateHistoryInput = z
  .strictObject({ ...fields, version: z.number().int().min(0) })
  .refine(minutesOutlastScrapes, ofMinutes)
  .refine(quartersOutlastMinutes, ofQuarters);

/** How much of history there is, level by level. */
export const HistoryState = z.object({
  settings: HistorySettings,
  version: z.number().int(),
  /** Bytes on disk, indexes and free room in it included. */
  usedBytes: z.number(),
  /** Bytes of what is kept, which `maxGigabytes` bounds. */
  keptBytes: z.number(),
  series: z.number().int(),
  levels: z.array(
    z.object({
      level: z.enum(['scrapes', 'minutes', 'quarters']),
      chunks: z.number().int(),
      bytes: z.number(),
      /** Oldest of it, ISO 8601. */
      since: z.string().nullable(),
    }),
  ),
  /** Why the newest numbers could not be written, as a sentence; null while they are. */
  problem: z.string().nullable(),
  /** Scrapes this process had to give up because the database could not take them. */
  lost: z.number().int(),
  /** Free disk where the built-in database lies; null for a database elsewhere. */
  freeBytes: z.number().nullable(),
});
export type HistoryState = z.infer<typeof HistoryState>;
