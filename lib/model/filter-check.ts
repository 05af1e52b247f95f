import { z } from 'zod';

/** What an expression said of one record. */
export const FilterTrial = z.object({
  partition: z.number().int(),
  offset: z.string(),
  /** `failed`: it could not be evaluated; `undecoded`: it needs what could not be decoded. */
  verdict: z.enum(['matched', 'unmatched', 'failed', 'undecoded']),
  /** One sentence: why it failed, or what could not be decoded. */
  reason: z.string().nullable(),
  /** The paths that the expression names, with what the record has there. */
  values: z.array(z.object({ path: z.string(), type: z.string(), text: z.string() })),
});
export type FilterTrial = z.infer<typeof FilterTrial>;

/** Whether an expression can be asked, and how it will be carried out. */
export const FilterCheck = z.object({
  /** Positions in UTF-16 units of the expression, `[from, to)`; null when it is valid. */
  problem: z.object({ message: z.string(), from: z.number().int(), to: z.number().int() }).nullable(),
  /** Field paths that it reads, such as `value.status`. */
  paths: z.array(z.string()),
  /** Sentences: what of it is decided on undecoded bytes. */
  pushedDown: z.array(z.string()),
  /** Null unless a record was named. */
  trial: FilterTrial.nullable(),
});
export type FilterCheck = z.infer<typeof FilterCheck>;

export const FilterField = z.object({
  /** Such as `value.address.city`, as an expression writes it. */
  path: z.string(),
  /** In words: `string`, `int`, `timestamp`, `list of string`. */
  type: z.string(),
  /** A value that a record has there, cut; null where it is known by its schema alone. */
  sample: z.string().nullable(),
});
export type FilterField = z.infer<typeof FilterField>;

/** Fields that the records of a topic have. */
export const FilterFields = z.object({
  source: z.enum(['schema', 'sample']),
  /** One sentence: where they are known from. */
  note: z.string(),
  fields: z.array(FilterField),
});
export type FilterFields = z.infer<typeof FilterFields>;
