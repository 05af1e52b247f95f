import { addClusterEvents } from '#lib/gateways/database/cluster-events.ts';
import { log } from '#lib/log.ts';
import type { ClusterEvent } from '#lib/model/cluster-event.ts';
import { onStop, registry } from '#lib/process.ts';
import { snapshotOf } from '../collectors.ts';
import { holdsLease } from '../keep-lease.ts';
import { onTick } from '../ticks.ts';
import type { MemberWatch } from './member-watch.ts';

const withoutMembers = new Set(['Empty', 'Dead']);

/** Tells what is seen of groups, for as long as the process lives. */
export const startGroupEvents = (): void =>
  registry('group-events', () => {
    const stop = onTick(({ clusterId }) => tellGroupEvents(clusterId, snapshotOf(clusterId).members));
    onStop('sampling', 'group events', async () => stop());
  });

/** Keeps rebalances and states of groups among the events of the cluster, on the instance that keeps its history. */
export async function tellGroupEvents(clusterId: string, watch: MemberWatch): Promise<void> {
  const { rebalances, states } = watch.takeNews();
  if (!holdsLease(`history:${clusterId}`)) return;
  const about = (groupId: string) => ({ clusterId, subjectType: 'group', subject: groupId }) as const;
  const events: ClusterEvent[] = [
    ...rebalances.map(
      ({ groupId, rebalance }): ClusterEvent => ({
        ...about(groupId),
        at: rebalance.at,
        kind: 'group.rebalanced',
        severity: 'note',
        title:
          rebalance.times === 1 ? `${groupId} rebalanced` : `${groupId} rebalanced ${rebalance.times} times`,
        detail: rebalance.words,
      }),
    ),
    ...states
      .filter(({ from, to }) => withoutMembers.has(from) !== withoutMembers.has(to))
      .map(
        ({ at, groupId, from, to }): ClusterEvent => ({
          ...about(groupId),
          at,
          kind: 'group.state',
          severity: to === 'Stable' ? 'note' : 'warning',
          title: to === 'Stable' ? `${groupId} has members again` : `${groupId} has no members`,
          detail: `It was ${from} and is ${to}.`,
        }),
      ),
  ];
  if (events.length === 0) return;
  try {
    await addClusterEvents(events);
  } catch (error) {
    log.warn('lag.events-not-kept', { cluster: clusterId, error });
  }
}
