import { changeActions, changeMark } from '#lib/audit/change-mark.ts';
import { viewOverview } from '#lib/collector/overview.ts';
import { sampledCluster } from '#lib/collector/read-snapshot.ts';
import { searchAudit } from '#lib/gateways/database/audit-search.ts';
import { log } from '#lib/log.ts';
import { ClusterInput } from '#lib/model/cluster-record.ts';
import { type ChangeMark, Overview } from '#lib/model/overview.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** The overview of a cluster: what is wrong first, then the numbers, the brokers, the worst groups and what changed. */
export const readOverview = defineQuery({
  name: 'cluster.overview',
  summary:
    'How it stands with a cluster: findings, key numbers, brokers, quorum, worst groups, recent changes.',
  path: '/clusters/[clusterId]/overview',
  permission: 'cluster:read',
  input: ClusterInput,
  output: Overview,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, input) =>
    viewOverview(await sampledCluster(input.clusterId), await auditedChanges(input.clusterId)),
});

/** The newest changes made through Millrace. Without the audit the overview is still worth showing. */
async function auditedChanges(clusterId: string): Promise<ChangeMark[]> {
  try {
    const filter = { clusterId, actions: [...changeActions] };
    const { rows } = await searchAudit(filter, { page: 1, pageSize: 12 });
    return rows.filter((entry) => entry.outcome !== 'denied').map(changeMark);
  } catch (error) {
    log.warn('overview.audit-unread', { cluster: clusterId, error });
    return [];
  }
}
