import { cache } from 'react';
import type { Environment } from '#lib/model/cluster.ts';
import { allows, type Permission } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';

/** The cluster a page is about, as those who change something on it must see it. */
export type ClusterOfPage = {
  clusterId: string;
  clusterName: string;
  environment: Environment;
  isReadOnly: boolean;
};

/**
 * The cluster of a page with what the one who looks may do: `mayChange` is false for everything on a read-only cluster (R38).
 * Asked once for a page, however many of its parts want it.
 */
export const clusterViewer = cache(async (clusterId: string) => {
  const [viewer, clusters] = await Promise.all([viewerOfPage(), ask(listClusters, {})]);
  const card = clusters.ok ? clusters.value.rows.find((row) => row.id === clusterId) : undefined;
  const cluster: ClusterOfPage = {
    clusterId,
    clusterName: card?.name ?? clusterId,
    environment: card?.environment ?? 'production',
    isReadOnly: card?.isReadOnly ?? true,
  };
  const may = (permission: Permission) => allows(viewer.role, permission);
  return {
    cluster,
    /** Brokers that answer now; null when the cluster does not. */
    brokersUp: card?.brokersUp ?? null,
    may,
    mayChange: (permission: Permission) => !cluster.isReadOnly && may(permission),
  };
});
