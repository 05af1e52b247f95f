import { type ClusterOfPage, clusterViewer } from '../cluster-viewer.ts';

/** The cluster a page of groups is about, and what the one who looks may do to them. */
export type GroupsViewer = ClusterOfPage & {
  may: {
    reset: boolean;
    delete: boolean;
    readMessages: boolean;
    configureTopics: boolean;
    alert: boolean;
  };
};

export async function groupsViewer(clusterId: string): Promise<GroupsViewer> {
  const { cluster, may, mayChange } = await clusterViewer(clusterId);
  return {
    ...cluster,
    may: {
      reset: mayChange('group:reset'),
      delete: mayChange('group:delete'),
      readMessages: may('message:read'),
      configureTopics: mayChange('topic:configure'),
      alert: may('alert:update'),
    },
  };
}
