import { z } from 'zod';

/** What a form sends beside its input, so that a request which arrives twice is carried out once (F8). */
export const Once = z.strictObject({
  /** Made in the browser for one attempt to send; the same again only when no answer came. */
  requestId: z.uuid(),
});
export type Once = z.infer<typeof Once>;
