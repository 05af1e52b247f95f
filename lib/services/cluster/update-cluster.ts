import { collectorOf } from '#lib/collector/collectors.ts';
import { followClusters } from '#lib/collector/follow-clusters.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { updateCluster as changeCluster, readCluster } from '#lib/gateways/database/clusters.ts';
import { listSecretFields } from '#lib/gateways/database/secrets.ts';
import { ChangedCluster } from '#lib/model/cluster-record.ts';
import { secretsToEnterAgain } from '#lib/model/secrets-elsewhere.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Changes how a cluster is reached and shown. A secret that is not given stays as it is, unless it would go to another address then. */
export const updateCluster = defineCommand({
  name: 'cluster.update',
  permission: 'cluster:update',
  input: ChangedCluster,
  target: (input) => ({ type: 'cluster', id: input.id, clusterId: input.id }),
  secrets: ['secrets.*'],
  changesCluster: false,
  revalidate: () => [paths.fleet(), paths.settingsClusters()],
  run: async (_context, { id, version, ...changes }) => {
    const present = await readCluster(id);
    if (present?.source === 'file') throw new AppError('cluster.from-file', { cluster: present.name });
    if (present) {
      const set = (await listSecretFields({ table: 'clusters', id })).map(({ field }) => field);
      const again = secretsToEnterAgain(present.connection, changes.connection, set, changes.secrets);
      if (Object.keys(again).length > 0) throw new AppError('input.invalid', {}, { fields: again });
    }
    const cluster = await changeCluster(id, version, changes);
    await followClusters();
    // Not awaited: whether the new settings lead anywhere is what the pages will say.
    void collectorOf(id).refresh();
    return { id: cluster.id, version: cluster.version };
  },
});
