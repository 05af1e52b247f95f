import { z } from 'zod';
import { noteIncident as keepNote } from '#lib/gateways/database/incident-answers.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Writes what was found on the timeline of an incident, open or ended. */
export const noteIncident = defineCommand({
  name: 'incident.note',
  permission: 'alert:acknowledge',
  input: z.strictObject({
    id: RowId,
    note: z.string().trim().min(1, 'Write what was found.').max(1000, 'At most 1,000 characters.'),
  }),
  target: (input) => ({ type: 'incident', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alerts()],
  run: async (context, { id, note }) => {
    await keepNote(id, context.principal.name, note);
    return { id };
  },
});
