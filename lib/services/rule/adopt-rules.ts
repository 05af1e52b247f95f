import { z } from 'zod';
import { lookAgain } from '#lib/collector/alerts/start-alerts.ts';
import { changeAlertRules, createAlertRule, listAlertRules } from '#lib/gateways/database/alert-rules.ts';
import { alertOffers } from '#lib/model/alert-offers.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Keeps the rules that are offered for the first day, all at once. Those whose name is taken stay as they are. */
export const adoptRules = defineCommand({
  name: 'rule.adopt',
  permission: 'alert:update',
  input: z.strictObject({}),
  target: () => ({ type: 'rule', id: 'offered', clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertRules()],
  run: async ({ principal }) => {
    const taken = new Set((await listAlertRules()).map(({ name }) => name));
    const wanted = alertOffers.filter(({ rule, isForDayOne }) => isForDayOne && !taken.has(rule.name));
    await changeAlertRules(async (sql) => {
      for (const { rule } of wanted) await createAlertRule({ ...rule, isEnabled: true }, principal.name, sql);
    });
    void lookAgain();
    return { added: wanted.length };
  },
  noted: ({ added }) => ({ added }),
});
