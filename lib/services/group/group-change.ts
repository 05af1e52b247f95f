import { collectorOf } from '#lib/collector/collectors.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { readCluster } from '#lib/gateways/database/clusters.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import type { LiveGroup } from './live-group.ts';

type OfGroup = { clusterId: string; groupId: string };

/** What a change of a group is about. */
export const groupTarget = ({ clusterId, groupId }: OfGroup) => ({
  type: 'group' as const,
  id: groupId,
  clusterId,
});

/**
 * The cluster a change is planned on.
 * @throws AppError `cluster.not-found`
 */
export async function clusterOf(clusterId: string): Promise<ClusterRecord> {
  const cluster = await readCluster(clusterId);
  if (!cluster) throw new AppError('cluster.not-found', { cluster: clusterId });
  return cluster;
}

/** What must be typed before offsets of a group are changed: its name in production (R10), nothing elsewhere. */
export const typedFor = (cluster: ClusterRecord, groupId: string): string | null =>
  cluster.environment === 'production' ? groupId : null;

/** @throws AppError `input.invalid` for the field `typed` */
export function assertTyped(cluster: ClusterRecord, groupId: string, typed: string): void {
  const wanted = typedFor(cluster, groupId);
  if (wanted !== null && typed.trim() !== wanted.trim())
    throw new AppError('input.invalid', {}, { fields: { typed: `Type ${wanted} to confirm.` } });
}

/** What there is to know of a group whose offsets are changed, as sentences. */
export function notesOf(group: LiveGroup): string[] {
  const notes: string[] = [];
  if (group.type === 'share')
    notes.push(
      'Records that members have in flight are delivered again, and their delivery counts begin anew.',
    );
  if (group.groupId.startsWith('connect-'))
    notes.push(
      `Its members are the tasks of the sink connector ${group.groupId.slice('connect-'.length)}: stop the connector, for pausing keeps them in the group.`,
    );
  if (group.type === 'classic' && group.groupState !== '' && group.protocolType === '')
    notes.push(
      'Kafka has seen no member of it: a program that assigns its partitions itself is none, and would commit over this while it runs.',
    );
  if (group.type === 'streams')
    notes.push('State stores and repartition topics of the application stay as they are.');
  return notes;
}

/** Reads the group anew for every page that shows it. It never fails: the change is made. */
export async function showChange(clusterId: string): Promise<void> {
  await collectorOf(clusterId)
    .refresh(['state', 'groups', 'offsets'])
    .catch(() => undefined);
}
