import { z } from 'zod';
import { listSilences as readSilences } from '#lib/gateways/database/alert-silences.ts';
import { AlertSilence } from '#lib/model/alert-silence.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

export const SilenceRow = AlertSilence.extend({ isActive: z.boolean() });
export type SilenceRow = z.infer<typeof SilenceRow>;

const most = 200;

/** Silences that hold, then those that have ended. */
export const listSilences = defineQuery({
  name: 'silence.list',
  summary: 'Silences that hold now, then the newest that have ended.',
  path: '/alerts/silences',
  permission: 'alert:read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(SilenceRow) }),
  target: () => ({ type: 'silence', id: 'silences', clusterId: null }),
  run: async () => ({ rows: await readSilences(most) }),
});
