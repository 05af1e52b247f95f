import { z } from 'zod';
import { isInScope } from '#lib/collector/alerts/cluster-evaluator.ts';
import { countOpenByRule } from '#lib/gateways/database/alert-incidents.ts';
import { listAlertRules } from '#lib/gateways/database/alert-rules.ts';
import { listClusters } from '#lib/gateways/database/clusters.ts';
import { listSeriesKinds } from '#lib/gateways/database/series-names.ts';
import { AlertRule } from '#lib/model/alert-rule.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/**
 * Rules with how many incidents each has open now, and how many it had in the last seven days. `hasNumbers`: whether any
 * cluster it is about has ever told what it watches.
 */
export const RuleRow = AlertRule.extend({
  open: z.number().int(),
  lately: z.number().int(),
  hasNumbers: z.boolean(),
});
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
    const [rules, counts, clusters, told] = await Promise.all([
      listAlertRules(),
      countOpenByRule(),
      listClusters(),
      listSeriesKinds(),
    ]);
    const known = new Set(told.map(({ clusterId, kind }) => `${clusterId} ${kind}`));
    return {
      rows: rules.map((rule) => ({
        ...rule,
        open: counts.get(rule.id)?.open ?? 0,
        lately: counts.get(rule.id)?.lately ?? 0,
        hasNumbers: clusters.some(
          (cluster) => isInScope(rule, cluster) && known.has(`${cluster.id} ${rule.series}`),
        ),
      })),
    };
  },
});
