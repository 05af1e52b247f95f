import { createCluster } from '#lib/gateways/database/clusters.ts';
import type { HostPort } from '#lib/model/cluster.ts';
import { sampleCluster } from './verb-samples.ts';

/** Registers the cluster that the samples of verbs name. Nothing answers there unless told otherwise. */
export const registerSampleCluster = (
  known: { id?: string; readOnly?: boolean; bootstrap?: HostPort[] } = {},
) => {
  const { id = sampleCluster, readOnly = false, bootstrap = [{ host: '127.0.0.1', port: 1 }] } = known;
  return createCluster({
    ...{ id, name: `Cluster ${id}`, environment: 'development', readOnly, secrets: {} },
    connection: { bootstrap, tls: { enabled: false }, sasl: { mechanism: 'none' } },
  });
};
