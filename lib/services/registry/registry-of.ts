import { AppError } from '#lib/errors/app-error.ts';
import { readCluster } from '#lib/gateways/database/clusters.ts';
import { readSecrets } from '#lib/gateways/database/secrets.ts';
import { RegistryClient } from '#lib/gateways/registry/registry-client.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import { registry as slot } from '#lib/process.ts';

type Held = { version: number; client: Promise<RegistryClient> };

const held = (): Map<string, Held> => slot('registry-clients', () => new Map());

/**
 * The one client of a cluster's schema registry in this process, with all it has learnt; made anew when the connection was
 * changed. Null when the cluster has no registry.
 * @throws AppError `cluster.not-found`
 */
export async function registryOf(clusterId: string): Promise<RegistryClient | null> {
  const cluster = await readCluster(clusterId);
  if (!cluster) throw new AppError('cluster.not-found', { cluster: clusterId });
  if (!cluster.connection.registry) return null;
  const known = held().get(clusterId);
  if (known?.version === cluster.version) return known.client;
  const entry: Held = { version: cluster.version, client: open(cluster, cluster.connection.registry) };
  held().set(clusterId, entry);
  entry.client.catch(() => {
    if (held().get(clusterId) === entry) held().delete(clusterId);
  });
  return entry.client;
}

async function open(
  cluster: ClusterRecord,
  registry: NonNullable<ClusterRecord['connection']['registry']>,
): Promise<RegistryClient> {
  const { registryPassword, registryToken } = await readSecrets('clusters', cluster.id);
  return new RegistryClient({ registry, secrets: { registryPassword, registryToken } });
}
