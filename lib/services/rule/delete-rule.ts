import { z } from 'zod';
import { lookAgain } from '#lib/collector/alerts/start-alerts.ts';
import { deleteAlertRule } from '#lib/gateways/database/alert-rules.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Removes an alert rule, as it was seen. Its open incidents end; the history keeps them. */
export const deleteRule = defineCommand({
  name: 'rule.delete',
  permission: 'alert:update',
  input: z.strictObject({ id: RowId, version: z.number().int().min(1) }),
  target: ({ id }) => ({ type: 'rule', id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertRules()],
  run: async (_context, { id, version }) => {
    await deleteAlertRule(id, version);
    void lookAgain();
    return { id };
  },
});
