import { z } from 'zod';

/** A part that could not be read, so that what is shown is not whole. */
export const MissingPart = z.object({
  /** Short name of the part, such as `broker 3`. */
  part: z.string(),
  /** One sentence: what is missing and why. */
  sentence: z.string(),
  /** Since when, ISO 8601; null when it never answered. */
  since: z.string().nullable(),
});
export type MissingPart = z.infer<typeof MissingPart>;

/** The part of every list's input that is the same: search, sort and page. `sort` is `column` or `-column`. */
export const ListInput = z.strictObject({
  q: z
    .string()
    .trim()
    .max(249)
    // No name holds it, and PostgreSQL takes no text with it.
    .refine((text) => !text.includes('\u0000'), 'A search text has no NUL.')
    .default(''),
  sort: z
    .string()
    .regex(/^-?[A-Za-z]{1,40}$/)
    .optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListInput = z.infer<typeof ListInput>;

/** One page of a list that the server searched, sorted and cut. */
export function listingOf<T extends z.ZodType>(row: T) {
  return z.object({
    rows: z.array(row),
    /** Rows that match, over all pages. */
    total: z.number().int(),
    /** Rows there are without search and filters. */
    totalUnfiltered: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    /** When the data was read from the cluster, ISO 8601; null when it never was. */
    asOf: z.string().nullable(),
    missing: z.array(MissingPart),
  });
}
export type Listing<T> = {
  rows: T[];
  total: number;
  totalUnfiltered: number;
  page: number;
  pageSize: number;
  asOf: string | null;
  missing: MissingPart[];
};
