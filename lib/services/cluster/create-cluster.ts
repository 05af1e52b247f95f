import { followClusters } from '#lib/collector/follow-clusters.ts';
import { createCluster as insertCluster } from '#lib/gateways/database/clusters.ts';
import { NewCluster } from '#lib/model/cluster-record.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Registers a cluster with its secrets, which are sealed and never shown again. */
export const createCluster = defineCommand({
  name: 'cluster.create',
  permission: 'cluster:create',
  input: NewCluster,
  target: (input) => ({ type: 'cluster', id: input.id, clusterId: input.id }),
  secrets: ['secrets.*'],
  changesCluster: false,
  revalidate: () => [paths.fleet(), paths.settingsClusters()],
  run: async (_context, input) => {
    const cluster = await insertCluster(input);
    await followClusters();
    return { id: cluster.id };
  },
});
