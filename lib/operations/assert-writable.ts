import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { readCluster } from '#lib/gateways/database/clusters.ts';

/**
 * Refuses a change when the cluster, or the whole deployment, is switched to read-only (R38).
 * The Kafka client refuses such requests once more at the wire.
 */
export async function assertWritable(clusterId: string | null): Promise<void> {
  if (env().MILLRACE_READ_ONLY) throw new AppError('cluster.read-only', { cluster: 'This deployment' });
  if (clusterId === null) return;
  const cluster = await readCluster(clusterId);
  if (!cluster) throw new AppError('cluster.not-found', { cluster: clusterId });
  if (cluster.readOnly) throw new AppError('cluster.read-only', { cluster: cluster.name });
}
