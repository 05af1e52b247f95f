import { cache } from 'react';
import { ask } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';

/** What the cluster of the page is called; its id when it cannot be asked. */
export const clusterName = cache(async (clusterId: string): Promise<string> => {
  const clusters = await ask(listClusters, {});
  return (clusters.ok && clusters.value.rows.find((row) => row.id === clusterId)?.name) || clusterId;
});
