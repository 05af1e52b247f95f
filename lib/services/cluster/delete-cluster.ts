import { z } from 'zod';
import { followClusters } from '#lib/collector/follow-clusters.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { readCluster, deleteCluster as removeCluster } from '#lib/gateways/database/clusters.ts';
import { ClusterId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Removes a cluster from Millrace; the cluster itself is not touched. Asks for its name, typed. */
export const deleteCluster = defineCommand({
  name: 'cluster.delete',
  permission: 'cluster:delete',
  input: z.strictObject({ id: ClusterId, confirm: z.string().max(80) }),
  target: (input) => ({ type: 'cluster', id: input.id, clusterId: input.id }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.fleet(), paths.settingsClusters()],
  run: async (_context, input) => {
    const cluster = await readCluster(input.id);
    if (!cluster) throw new AppError('cluster.not-found', { cluster: input.id });
    if (cluster.source === 'file') throw new AppError('cluster.from-file', { cluster: cluster.name });
    if (input.confirm !== cluster.name)
      throw new AppError('confirm.mismatch', {}, { fields: { confirm: `Type ${cluster.name}.` } });
    await removeCluster(input.id);
    await followClusters();
    return { id: input.id };
  },
});
