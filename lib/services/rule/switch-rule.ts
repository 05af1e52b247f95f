import { z } from 'zod';
import { lookAgain } from '#lib/collector/alerts/start-alerts.ts';
import { switchAlertRule } from '#lib/gateways/database/alert-rules.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Switches an alert rule on or off, as it was seen. Off ends its incidents. */
export const switchRule = defineCommand({
  name: 'rule.switch',
  permission: 'alert:update',
  input: z.strictObject({ id: RowId, version: z.number().int().min(1), isEnabled: z.boolean() }),
  target: ({ id }) => ({ type: 'rule', id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertRules()],
  run: async (_context, { id, version: seenVersion, isEnabled }) => {
    const { name, version } = await switchAlertRule(id, seenVersion, isEnabled);
    void lookAgain();
    return { id, name, version, isEnabled };
  },
  noted: ({ version, isEnabled }) => ({ version, isEnabled }),
});
