import { iso, missingParts } from '#lib/collector/missing-parts.ts';
import { sampledCluster } from '#lib/collector/read-snapshot.ts';
import { topicRow } from '#lib/collector/reuse-names.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { GroupPositions, GroupPositionsInput } from '#lib/model/group.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** Groups with an offset in one partition, those that are furthest behind first, as the collector last saw them. */
export const listPositions = defineQuery({
  name: 'group.positions',
  summary: 'Committed offsets of every group in one partition of a topic.',
  path: '/clusters/[clusterId]/topics/[topic]/positions',
  permission: 'group:read',
  input: GroupPositionsInput,
  output: GroupPositions,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  run: async (_context, input) => {
    const snapshot = await sampledCluster(input.clusterId);
    const metadata = snapshot.metadata.value;
    const t = topicRow(metadata, input.topic);
    if (t < 0) throw new AppError('topic.not-found', { topic: input.topic, cluster: input.clusterId });
    const [from, end] = [metadata.partitionStart[t]!, metadata.partitionStart[t + 1]!];
    let wanted = -1;
    for (let row = from; row < end; row++) if (metadata.partition[row] === input.partition) wanted = row;
    const found: { groupId: string; groupState: string; committed: bigint }[] = [];
    for (const { groupId, groupState } of snapshot.groups.value ?? []) {
      const offsets = snapshot.groupOffsets.value?.get(groupId);
      const at = offsets && wanted >= 0 ? offsets.rows.indexOf(wanted) : -1;
      const committed = at < 0 ? -1n : (offsets?.committed[at] ?? -1n);
      if (committed >= 0n) found.push({ groupId, groupState, committed });
    }
    found.sort((a, b) => (a.committed < b.committed ? -1 : a.committed > b.committed ? 1 : 0));
    return {
      groups: found.map(({ committed, ...group }) => ({ ...group, committedOffset: committed.toString() })),
      asOf: iso(snapshot.groupOffsets.at),
      missing: missingParts(snapshot, ['groups', 'groupOffsets']),
    };
  },
});
