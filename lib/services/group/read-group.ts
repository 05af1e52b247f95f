import { collectorOf } from '#lib/collector/collectors.ts';
import { kafkaOf } from '#lib/collector/connections.ts';
import type { MeasuredGroup } from '#lib/collector/lag/lag-book.ts';
import { groupLagOf } from '#lib/collector/lag/sum-group.ts';
import { iso, missingParts } from '#lib/collector/missing-parts.ts';
import { type SampledSnapshot, sampledCluster } from '#lib/collector/read-snapshot.ts';
import type { GroupEntry, GroupOffsets } from '#lib/collector/snapshot.ts';
import { groupRowOf } from '#lib/collector/view-groups.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { type DescribedGroup, describeGroups } from '#lib/gateways/kafka/describe-groups.ts';
import { GroupDetail, GroupInput } from '#lib/model/group.ts';
import type { MissingPart } from '#lib/model/listing.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { groupExists, lookAtGroup } from './live-group.ts';
import { liveOffsets } from './live-offsets.ts';
import { memberRows, partitionRows } from './partition-rows.ts';

/** How long the page waits for the coordinator before it shows what the collector knew. */
const patienceMs = 1_000;

/** One group with its members and per-partition lag, its offsets and members read now. */
export const readGroup = defineQuery({
  name: 'group.read',
  summary: 'One group with its members and lag by partition.',
  path: '/clusters/[clusterId]/groups/[groupId]',
  permission: 'group:read',
  input: GroupInput,
  output: GroupDetail,
  target: (input) => ({ type: 'group', id: input.groupId, clusterId: input.clusterId }),
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const found = await find(client, input.clusterId, input.groupId, context.signal);
    const options = { signal: context.signal, timeoutMs: patienceMs };
    const [described, live] = await Promise.all([
      describeNow(client, found.group, options),
      liveOffsets(client, found.snapshot, found.group, options),
    ]);
    const { snapshot, offsets } = live;
    const group = { ...found.group, groupState: described.value?.state || found.group.groupState };
    const readAt = live.isLive ? Date.now() : (snapshot.groupOffsets.at ?? Date.now());
    const measured = offsets && snapshot.lag.measure(snapshot, group, offsets, readAt);
    const partitions =
      offsets && measured ? partitionRows(snapshot, offsets, measured, described.value?.members ?? []) : [];
    const row = groupRowOf(
      offsets ? withOffsets(snapshot, group.groupId, offsets) : snapshot,
      group,
      collectorOf(input.clusterId).groupRing.read(group.groupId),
    );
    return {
      ...row,
      lag: measured ? groupLagOf(measured.sum, row.lag?.rebalances ?? null) : row.lag,
      members: described.value ? described.value.members.length : row.members,
      protocol: described.value?.assignor ?? null,
      epoch: described.value?.epoch ?? null,
      assignmentEpoch: described.value?.assignmentEpoch ?? null,
      subtopologies: described.value?.subtopologies ?? null,
      memberList: memberRows(described.value?.members ?? [], partitions),
      partitions,
      oldestUnread: measured ? oldestOf(measured, readAt) : null,
      seenRebalances: snapshot.members
        .seenOf(input.groupId)
        .map(({ at, words }) => ({ at: new Date(at).toISOString(), words })),
      asOf: iso(live.isLive ? Date.now() : snapshot.groupOffsets.at),
      missing: [...missingParts(snapshot, ['ends', 'starts']), ...described.missing, ...live.missing],
    };
  },
});

/**
 * A group and the picture that has it. A group that the picture lacks is asked for by name before a new picture is taken: pages
 * read again with every picture, so that one on a group that is gone would have them taken without a pause.
 */
async function find(
  client: KafkaClient,
  clusterId: string,
  groupId: string,
  signal: AbortSignal,
): Promise<{ snapshot: SampledSnapshot; group: GroupEntry }> {
  let snapshot = await sampledCluster(clusterId);
  const byId = (entry: GroupEntry) => entry.groupId === groupId;
  let group = snapshot.groups.value?.find(byId);
  if (!group && groupExists(await lookAtGroup(client, groupId, { signal }))) {
    await collectorOf(clusterId).refresh(['groups']);
    snapshot = await sampledCluster(clusterId);
    group = snapshot.groups.value?.find(byId);
  }
  if (!group) throw new AppError('group.not-found', { group: groupId, cluster: clusterId });
  return { snapshot, group };
}

async function describeNow(
  client: KafkaClient,
  group: GroupEntry,
  options: { signal: AbortSignal; timeoutMs: number },
): Promise<{ value: DescribedGroup | null; missing: MissingPart[] }> {
  try {
    const [described] = await describeGroups(client, [group], options);
    if (described?.error) throw described.error;
    return { value: described ?? null, missing: [] };
  } catch (error) {
    const sentence = `Members of the group are not known. ${toProblem(error).what}`;
    return { value: null, missing: [{ part: `broker ${group.coordinator}`, sentence, since: null }] };
  }
}

const withOffsets = (snapshot: SampledSnapshot, groupId: string, offsets: GroupOffsets): SampledSnapshot => ({
  ...snapshot,
  groupOffsets: { ...snapshot.groupOffsets, value: new Map([[groupId, offsets]]) },
});

/** The next record on the partition that is furthest behind in time. */
function oldestOf({ sum, slowest, partitions }: MeasuredGroup, at: number): GroupDetail['oldestUnread'] {
  const measured = partitions[slowest];
  if (!measured || !sum.slowest) return null;
  return {
    ...sum.slowest,
    offset: String(measured.next),
    timestampMs: Number.isNaN(measured.lagMs) ? null : Math.round(at - measured.lagMs),
  };
}
