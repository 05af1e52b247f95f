import { z } from 'zod';

/** A failure in words: what happened to what, and what to do now. Shaped after RFC 9457. */
export const Problem = z.object({
  code: z.string(),
  status: z.number().int(),
  what: z.string(),
  next: z.string(),
  /** Finds the entry in the server's log. */
  reference: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
  /** Path in the input → what is wrong with it. */
  fields: z.record(z.string(), z.string()).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** What a query or an action gives to the page: the value, or the problem in words. Never an exception. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What a server action answers. `operationId` finds the change in the audit. */
export type ActionResult<T> =
  | { ok: true; value: T; operationId: string }
  | { ok: false; problem: Problem; operationId?: string };
