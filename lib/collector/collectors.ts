import { listClusters } from '#lib/gateways/database/clusters.ts';
import { forgetLayoutsOf } from '#lib/gateways/database/series-layout.ts';
import { onStop, registry } from '#lib/process.ts';
import { ClusterCollector } from './cluster-collector.ts';
import { dropKafka } from './connections.ts';
import { forgetLease } from './keep-lease.ts';
import { emptySnapshot, type Snapshot } from './snapshot.ts';
import { forgetTicks } from './ticks.ts';

const running = (): Map<string, ClusterCollector> =>
  registry('collectors', () => {
    const collectors = new Map<string, ClusterCollector>();
    onStop('sampling', 'collectors', async () => {
      await Promise.allSettled([...collectors.values()].map((collector) => collector.stop()));
    });
    return collectors;
  });

/** Starts a collector for every cluster there is, and stops those of clusters that are gone. */
export async function superviseCollectors(): Promise<void> {
  const wanted = new Set((await listClusters()).map((cluster) => cluster.id));
  for (const id of wanted) collectorOf(id);
  for (const [id, collector] of running()) {
    if (wanted.has(id)) continue;
    running().delete(id);
    await collector.stop();
    await dropKafka(id);
    forgetTicks(id);
    forgetLayoutsOf(id);
    await forgetLease(`history:${id}`);
  }
}

/** The collector of a cluster, started on first use. */
export function collectorOf(clusterId: string): ClusterCollector {
  const known = running().get(clusterId);
  if (known) return known;
  const collector = new ClusterCollector(clusterId);
  running().set(clusterId, collector);
  collector.start();
  return collector;
}

/** The newest picture of a cluster; empty before its first sample. */
export const snapshotOf = (clusterId: string): Snapshot =>
  running().get(clusterId)?.snapshot ?? emptySnapshot(clusterId);
