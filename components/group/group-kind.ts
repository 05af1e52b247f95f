import { formatCountOf } from '#lib/format.ts';
import type { GroupRow } from '#lib/model/group.ts';

/** What a kind of group is called; the consumer protocol is KIP-848. */
export const kindWords: Record<GroupRow['type'], string> = {
  classic: 'Classic',
  consumer: 'Consumer protocol',
  share: 'Share',
  streams: 'Streams',
  unknown: 'Not told',
};

type Kind = Pick<GroupRow, 'type' | 'protocolType'>;

/** The worker group of Connect: its members share out connectors, not partitions. */
export const isWorkerGroup = ({ type, protocolType }: Kind): boolean =>
  type === 'classic' && protocolType === 'connect';

/** `Consumer protocol, 6 members`, `Connect workers, 1 worker`. */
export function kindFact(group: Kind & Pick<GroupRow, 'members'>): string {
  const isWorkers = isWorkerGroup(group);
  const kind = isWorkers
    ? 'Group of Connect workers'
    : group.type === 'share'
      ? 'Share group'
      : kindWords[group.type];
  if (group.members === null) return `${kind}, members not known`;
  if (group.members === 0) return `${kind}, ${isWorkers ? 'no worker' : 'no members'}`;
  return `${kind}, ${isWorkers ? formatCountOf(group.members, 'worker', 'workers') : formatCountOf(group.members, 'member', 'members')}`;
}
