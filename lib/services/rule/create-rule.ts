import { lookAgain } from '#lib/collector/alerts/start-alerts.ts';
import { createAlertRule } from '#lib/gateways/database/alert-rules.ts';
import { NewAlertRule } from '#lib/model/alert-rule.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Keeps an alert rule. It is held against the next reading of each cluster it is about. */
export const createRule = defineCommand({
  name: 'rule.create',
  permission: 'alert:update',
  input: NewAlertRule,
  target: ({ name }) => ({ type: 'rule', id: name, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertRules()],
  run: async ({ principal }, input) => {
    const { id, name, version } = await createAlertRule(input, principal.name);
    void lookAgain();
    return { id, name, version };
  },
  noted: ({ id, version }) => ({ id, version }),
});
