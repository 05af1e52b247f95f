import { z } from 'zod';
import { IncidentMatch } from './alert-route.ts';
import { RowId } from './ids.ts';

const day = 24 * 60;

/** A time in which incidents are not told. They are still opened, shown and kept. */
export const NewSilence = z.strictObject({
  match: IncidentMatch,
  reason: z.string().trim().min(1, 'Say why: who comes later reads it.').max(500, 'At most 500 characters.'),
  /** For how long from now. A silence without an end is one that is forgotten. */
  minutes: z
    .number('Write a number.')
    .int()
    .min(1)
    .max(90 * day, 'At most 90 days.'),
});
export type NewSilence = z.output<typeof NewSilence>;

export const AlertSilence = z.object({
  id: RowId,
  match: IncidentMatch,
  reason: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  createdBy: z.string(),
  createdByName: z.string(),
});
export type AlertSilence = z.infer<typeof AlertSilence>;
