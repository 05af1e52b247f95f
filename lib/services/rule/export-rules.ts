import { z } from 'zod';
import { listAlertRules } from '#lib/gateways/database/alert-rules.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { writeRulesFile } from './rules-file.ts';

/** All alert rules as a file that can be kept with code and imported again. */
export const exportRules = defineQuery({
  name: 'rule.export',
  summary: 'All alert rules as YAML, to be kept with code and imported again.',
  path: '/alerts/rules/export',
  permission: 'alert:read',
  input: z.strictObject({}),
  output: z.object({ rules: z.number().int(), yaml: z.string() }),
  target: () => ({ type: 'rule', id: 'rules', clusterId: null }),
  run: async () => {
    const rules = await listAlertRules();
    return { rules: rules.length, yaml: writeRulesFile(rules) };
  },
});
