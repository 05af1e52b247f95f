import { cache } from 'react';
import type { Environment } from '#lib/model/cluster.ts';
import { allows, type Permission } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';

/** The cluster a page of groups is about, and what the one who looks may do to them. */
export type GroupsViewer = {
  clusterId: string;
  clusterName: string;
  environment: Environment;
  isReadOnly: boolean;
  may: {
    reset: boolean;
    delete: boolean;
    readMessages: boolean;
    configureTopics: boolean;
    alert: boolean;
  };
};

/** Asked once for a page, however many of its parts want it. A read-only cluster lets nobody change anything (R38). */
export const groupsViewer = cache(async (clusterId: string): Promise<GroupsViewer> => {
  const [viewer, clusters] = await Promise.all([viewerOfPage(), ask(listClusters, {})]);
  const card = clusters.ok ? clusters.value.rows.find((row) => row.id === clusterId) : undefined;
  const isReadOnly = card?.isReadOnly ?? true;
  const may = (permission: Permission) => !isReadOnly && allows(viewer.role, permission);
  return {
    clusterId,
    clusterName: card?.name ?? clusterId,
    environment: card?.environment ?? 'production',
    isReadOnly,
    may: {
      reset: may('group:reset'),
      delete: may('group:delete'),
      readMessages: allows(viewer.role, 'message:read'),
      configureTopics: may('topic:configure'),
      alert: allows(viewer.role, 'alert:update'),
    },
  };
});
