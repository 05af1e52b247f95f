import { cache } from 'react';
import type { Environment } from '#lib/model/cluster.ts';
import { allows, type Permission } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';

/** The cluster a page of topics is about, and what the one who looks may do to it. */
export type TopicsViewer = {
  clusterId: string;
  clusterName: string;
  environment: Environment;
  isReadOnly: boolean;
  /** Brokers that answer now; null when the cluster does not. */
  brokers: number | null;
  may: {
    create: boolean;
    configure: boolean;
    addPartitions: boolean;
    delete: boolean;
    elect: boolean;
    deleteRecords: boolean;
    readMessages: boolean;
  };
};

/** Asked once for a page, however many of its parts want it. A read-only cluster lets nobody change anything (R38). */
export const topicsViewer = cache(async (clusterId: string): Promise<TopicsViewer> => {
  const [viewer, clusters] = await Promise.all([viewerOfPage(), ask(listClusters, {})]);
  const card = clusters.ok ? clusters.value.rows.find((row) => row.id === clusterId) : undefined;
  const isReadOnly = card?.isReadOnly ?? true;
  const may = (permission: Permission) => !isReadOnly && allows(viewer.role, permission);
  return {
    clusterId,
    clusterName: card?.name ?? clusterId,
    environment: card?.environment ?? 'production',
    isReadOnly,
    brokers: card?.brokersUp ?? null,
    may: {
      create: may('topic:create'),
      configure: may('topic:configure'),
      addPartitions: may('topic:add-partitions'),
      delete: may('topic:delete'),
      elect: may('partition:elect-leader'),
      deleteRecords: may('message:delete'),
      readMessages: allows(viewer.role, 'message:read'),
    },
  };
});
