import { type AlertRule, NewAlertRule } from '#lib/model/alert-rule.ts';

/** A kept rule with what is given, and otherwise as its defaults have it. */
export function ruleOf(fields: Record<string, unknown>, id = String(fields.name ?? 'rule')): AlertRule {
  const at = new Date(0).toISOString();
  const rule = NewAlertRule.parse({
    name: id,
    series: 'group.lag',
    condition: { is: 'above', value: 100 },
    ...fields,
  });
  return { ...rule, id, version: 1, createdBy: 'ana', createdAt: at, updatedAt: at };
}
