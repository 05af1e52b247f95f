import { type ClusterOfPage, clusterViewer } from '../cluster-viewer.ts';

/** The cluster a page of topics is about, and what the one who looks may do to it. */
export type TopicsViewer = ClusterOfPage & {
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

export async function topicsViewer(clusterId: string): Promise<TopicsViewer> {
  const { cluster, brokersUp, may, mayChange } = await clusterViewer(clusterId);
  return {
    ...cluster,
    brokers: brokersUp,
    may: {
      create: mayChange('topic:create'),
      configure: mayChange('topic:configure'),
      addPartitions: mayChange('topic:add-partitions'),
      delete: mayChange('topic:delete'),
      elect: mayChange('partition:elect-leader'),
      deleteRecords: mayChange('message:delete'),
      readMessages: may('message:read'),
    },
  };
}
