import { z } from 'zod';
import { clusterCard } from '#lib/collector/cluster-card.ts';
import { listClusters as readClusters } from '#lib/gateways/database/clusters.ts';
import { ClusterCard } from '#lib/model/overview.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

const severityRank = { critical: 0, warning: 1, unknown: 2, ok: 3 } as const;

/** Every cluster with its worst fact first. */
export const listClusters = defineQuery({
  name: 'cluster.list',
  summary: 'Every cluster with its worst fact.',
  path: '/clusters',
  permission: 'cluster:read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(ClusterCard) }),
  target: () => ({ type: 'fleet', id: 'fleet', clusterId: null }),
  run: async () => {
    const rows = (await readClusters()).map(clusterCard);
    rows.sort((a, b) => severityRank[a.severity] - severityRank[b.severity] || a.name.localeCompare(b.name));
    return { rows };
  },
});
