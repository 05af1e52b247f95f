import { AppError } from '#lib/errors/app-error.ts';
import { readCluster } from '#lib/gateways/database/clusters.ts';
import type { Problem } from '#lib/model/problem.ts';
import { collectorOf } from './collectors.ts';
import { isSampled, type SampledSnapshot, type Snapshot } from './snapshot.ts';

export { isSampled, type SampledSnapshot } from './snapshot.ts';

/**
 * The newest picture of a cluster, waiting for the first sample when the process is young.
 * @throws AppError `cluster.not-found`; `kafka.…` as the first sample ended, when there is no picture at all.
 */
export async function sampledCluster(clusterId: string): Promise<SampledSnapshot> {
  const snapshot = await clusterSnapshot(clusterId);
  if (isSampled(snapshot)) return snapshot;
  const cluster = await readCluster(clusterId);
  throw failureOf(snapshot.metadata.problem, cluster?.name ?? clusterId);
}

/** As `sampledCluster`, but a cluster that has never answered is an answer too. */
export async function clusterSnapshot(clusterId: string): Promise<Snapshot> {
  if (!(await readCluster(clusterId))) throw new AppError('cluster.not-found', { cluster: clusterId });
  const collector = collectorOf(clusterId);
  if (collector.snapshot.seq === 0) return collector.firstSample();
  return collector.snapshot;
}

function failureOf(problem: Problem | null, cluster: string): AppError {
  return new AppError('cluster.unreachable', {
    cluster,
    what: problem?.what ?? 'It has not been read yet.',
    next: problem?.next ?? '',
  });
}
