import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { readAlertRule } from '#lib/gateways/database/alert-rules.ts';
import { AlertRule } from '#lib/model/alert-rule.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** One alert rule. */
export const readRule = defineQuery({
  name: 'rule.read',
  summary: 'One alert rule.',
  path: '/alerts/rules/[ruleId]',
  permission: 'alert:read',
  input: z.strictObject({ ruleId: RowId }),
  output: AlertRule,
  target: ({ ruleId }) => ({ type: 'rule', id: ruleId, clusterId: null }),
  run: async (_context, { ruleId }) => {
    const rule = await readAlertRule(ruleId);
    if (!rule) throw new AppError('rule.not-found');
    return rule;
  },
});
