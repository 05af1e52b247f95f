'use server';

import { expose } from '#lib/operations/expose.ts';
import { adoptRules } from '#lib/services/rule/adopt-rules.ts';
import { createRule } from '#lib/services/rule/create-rule.ts';
import { deleteRule } from '#lib/services/rule/delete-rule.ts';
import { importRules, planImportRules } from '#lib/services/rule/import-rules.ts';
import { switchRule } from '#lib/services/rule/switch-rule.ts';
import { planUpdateRule, updateRule } from '#lib/services/rule/update-rule.ts';

export const adoptRulesAction = expose(adoptRules);
export const createRuleAction = expose(createRule);
export const updateRuleAction = expose(updateRule);
export const planUpdateRuleAction = expose(planUpdateRule);
export const switchRuleAction = expose(switchRule);
export const deleteRuleAction = expose(deleteRule);
export const importRulesAction = expose(importRules);
export const planImportRulesAction = expose(planImportRules);
