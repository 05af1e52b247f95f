import { z } from 'zod';
import { MAX_EXPRESSION_BYTES } from './message-limits.ts';

const Needle = z.string().min(1).max(1000);

/**
 * Which records count. All conditions hold together. Everything but `where` is decided on undecoded bytes, except where a mask
 * hides what it would look at: then it sees what the reader sees.
 */
export const MessageFilter = z.strictObject({
  /** The key exactly: text, or bytes as `hex:` and `base64:` say. */
  key: Needle.optional(),
  /** What the key begins with, written in the same way. */
  keyPrefix: Needle.optional(),
  /** One per line: `name`, `name=value` or `name~part of the value`. All must be there. At most 8. */
  headers: z.string().max(4000).optional(),
  /** Text whose UTF-8 bytes occur in the key, the value or a header's value. */
  contains: Needle.optional(),
  /** Text whose bytes occur in none of them. */
  excludes: Needle.optional(),
  tombstones: z.enum(['only', 'none']).optional(),
  /** Bytes of key, value and headers, uncompressed. Both belong to the range. */
  minSize: z.coerce.number().int().min(0).optional(),
  maxSize: z.coerce.number().int().min(0).optional(),
  /** CEL over key, value, headers, topic, partition, offset, timestamp and size. */
  where: z.string().max(MAX_EXPRESSION_BYTES).optional(),
  /** Instead of what matches: what the expression failed on, or what could not be decoded. */
  show: z.enum(['matched', 'failed', 'undecoded']).optional(),
});
export type MessageFilter = z.infer<typeof MessageFilter>;

/** Where a filter expression is wrong; positions in UTF-16 units of its text, `[from, to)`. */
export type ExpressionProblem = { message: string; from: number; to: number };
