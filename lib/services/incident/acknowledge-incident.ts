import { z } from 'zod';
import { kickNotices } from '#lib/collector/notices/dispatch.ts';
import { acknowledgeIncident as keepAnswer } from '#lib/gateways/database/incident-answers.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Says that somebody looks after an incident: it is not told again and not escalated. */
export const acknowledgeIncident = defineCommand({
  name: 'incident.acknowledge',
  permission: 'alert:acknowledge',
  input: z.strictObject({
    id: RowId,
    note: z.string().trim().max(1000, 'At most 1,000 characters.').default(''),
  }),
  target: (input) => ({ type: 'incident', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alerts()],
  run: async (context, { id, note }) => {
    const { acknowledgedAt } = await keepAnswer(id, context.principal.name, note);
    kickNotices();
    return { id, acknowledgedAt };
  },
});
