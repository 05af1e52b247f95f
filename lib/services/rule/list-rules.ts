import { z } from 'zod';
import { countOpenByRule } from '#lib/gateways/database/alert-incidents.ts';
import { listAlertRules } from '#lib/gateways/database/alert-rules.ts';
import { AlertRule } from '#lib/model/alert-rule.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** Rules with how many incidents each has open now, and how many it had in the last seven days. */
export const RuleRow = AlertRule.extend({ open: z.number().int(), lately: z.number().int() });
export type RuleRow = z.infer<typeof RuleRow>;

/** All alert rules by name. */
export const listRules = defineQuery({
  name: 'rule.list',
  summary: 'Alert rules with how many incidents each has open, and had in the last seven days.',
  path: '/alerts/rules',
  permission: 'alert:read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(RuleRow) }),
  target: () => ({ type: 'rule', id: 'rules', clusterId: null }),
  run: async () => {
    const [rules, counts] = await Promise.all([listAlertRules(), countOpenByRule()]);
    return { rows: rules.map((rule) => ({ ...rule, open: 0, lately: 0, ...counts.get(rule.id) })) };
  },
});
