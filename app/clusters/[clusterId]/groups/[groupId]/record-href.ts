import type { GroupPartitionRow } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';

type Position = Pick<GroupPartitionRow, 'topic' | 'partition' | 'committedOffset' | 'lag'>;

/** The message browser at the next record the group will read, oldest first; null when there is none. */
export function recordHref(clusterId: string, row: Position): string | null {
  if (row.committedOffset === null || row.lag.lagMessages === '0') return null;
  return recordAt(clusterId, { ...row, offset: row.committedOffset });
}

/** The message browser from an offset of a partition on. */
export const recordAt = (
  clusterId: string,
  place: { topic: string; partition: number; offset: string },
): string =>
  paths.topicMessages(clusterId, place.topic, {
    order: 'oldest',
    from: `offset:${place.offset}`,
    partitions: place.partition,
    partition: place.partition,
    offset: place.offset,
  });
