import type { TopicReader } from '#lib/model/topic-plan.ts';
import type { GroupEntry, GroupOffsets, Snapshot } from './snapshot.ts';

const idle = new Set(['Empty', 'Dead', 'Unknown', '']);

/** Kafka Connect names the group of a sink connector `connect-` and the connector's name. */
const connectorPrefix = 'connect-';

/** Whether members of the group read now. */
export const isActiveGroup = (group: Pick<GroupEntry, 'groupState'> | undefined): boolean =>
  group !== undefined && !idle.has(group.groupState);

/**
 * The groups with a committed offset on the topic of row `t`: those that read it now first, then by lag. Groups that
 * have never committed do not show.
 */
export function topicReaders(snapshot: Snapshot, t: number): TopicReader[] {
  const metadata = snapshot.metadata.value;
  const offsets = snapshot.groupOffsets.value;
  if (!metadata || !offsets || t < 0) return [];
  const from = metadata.partitionStart[t]!;
  const to = metadata.partitionStart[t + 1]!;
  const entries = new Map((snapshot.groups.value ?? []).map((group) => [group.groupId, group]));
  const readers: TopicReader[] = [];
  for (const [groupId, group] of offsets) {
    const lag = lagWithin(group, from, to);
    if (lag === undefined) continue;
    const entry = entries.get(groupId);
    readers.push({
      groupId,
      groupState: entry?.groupState || 'Unknown',
      isActive: isActiveGroup(entry),
      isConnector: groupId.startsWith(connectorPrefix),
      lagMessages: lag?.toString() ?? null,
    });
  }
  return readers.sort(
    (a, b) =>
      Number(b.isActive) - Number(a.isActive) ||
      compare(b.lagMessages, a.lagMessages) ||
      (a.groupId < b.groupId ? -1 : 1),
  );
}

/** Sum of lag on the partition rows; undefined when it reads none of them, null when it is known for none. */
function lagWithin(group: GroupOffsets, from: number, to: number): bigint | null | undefined {
  let sum: bigint | null | undefined;
  for (let i = 0; i < group.rows.length; i++) {
    const row = group.rows[i]!;
    if (row < from || row >= to) continue;
    if (sum === undefined) sum = null;
    if (group.lag[i]! >= 0n) sum = (sum ?? 0n) + group.lag[i]!;
  }
  return sum;
}

const compare = (a: string | null, b: string | null): number => {
  const [left, right] = [BigInt(a ?? -1), BigInt(b ?? -1)];
  return left < right ? -1 : left > right ? 1 : 0;
};
