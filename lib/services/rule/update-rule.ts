import { lookAgain } from '#lib/collector/alerts/start-alerts.ts';
import { updateAlertRule } from '#lib/gateways/database/alert-rules.ts';
import { RuleTrial } from '#lib/model/alert-preview.ts';
import { ChangedAlertRule } from '#lib/model/alert-rule.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { paths } from '#lib/paths.ts';
import { previewRule } from './preview-rule.ts';

/** What a rule that is not kept yet would have done on the stored history, and which subjects it is about. */
export const planUpdateRule = definePlan({
  name: 'rule.update.plan',
  permission: 'alert:update',
  input: RuleTrial,
  target: ({ rule }) => ({ type: 'rule', id: rule.name, clusterId: null }),
  run: (_context, input) => previewRule(input),
});

/** Changes an alert rule, as it was seen. Incidents that the changed rule does not mean end, and say so. */
export const updateRule = defineCommand({
  name: 'rule.update',
  permission: 'alert:update',
  input: ChangedAlertRule,
  target: ({ name }) => ({ type: 'rule', id: name, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertRules()],
  run: async (_context, { id: seenId, version: seenVersion, ...rule }) => {
    const { id, name, version } = await updateAlertRule(seenId, seenVersion, rule);
    void lookAgain();
    return { id, name, version };
  },
  noted: ({ id, version }) => ({ id, version }),
});
