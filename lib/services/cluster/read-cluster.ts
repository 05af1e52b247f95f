import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { readCluster as readRecord } from '#lib/gateways/database/clusters.ts';
import { listSecretFields } from '#lib/gateways/database/secrets.ts';
import { ClusterInput, ClusterRecord } from '#lib/model/cluster-record.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** A cluster's connection as an admin may see it: which secrets are set and since when, never what they are (R18). */
export const readCluster = defineQuery({
  name: 'cluster.read',
  summary: 'How a cluster is reached, without its secrets.',
  path: '/clusters/[clusterId]',
  permission: 'cluster:update',
  input: ClusterInput,
  output: ClusterRecord.extend({
    secretsSet: z.array(z.object({ field: z.string(), updatedAt: z.string() })),
  }),
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, input) => {
    const cluster = await readRecord(input.clusterId);
    if (!cluster) throw new AppError('cluster.not-found', { cluster: input.clusterId });
    const secrets = await listSecretFields({ table: 'clusters', id: cluster.id });
    return {
      ...cluster,
      secretsSet: secrets.map(({ field, updatedAtMs }) => ({
        field,
        updatedAt: new Date(updatedAtMs).toISOString(),
      })),
    };
  },
});
