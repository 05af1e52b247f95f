import { addClusterEvents } from '#lib/gateways/database/cluster-events.ts';
import { log } from '#lib/log.ts';
import type { ClusterEvent } from '#lib/model/cluster-event.ts';
import { holdsLease } from './keep-lease.ts';

/** Keeps what was seen to happen, when this process is the one that writes the cluster's history. Never throws. */
export function keepEvents(events: readonly ClusterEvent[]): void {
  const [first] = events;
  if (!first || !holdsLease(`history:${first.clusterId}`)) return;
  addClusterEvents(events).catch((error) => log.warn('events.not-kept', { cluster: first.clusterId, error }));
}
