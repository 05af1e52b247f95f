import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { correctKeptOffsets } from '#lib/gateways/database/offset-backups.ts';
import { deleteGroup as deleteOnCluster } from '#lib/gateways/kafka/delete-group.ts';
import { DeleteGroupInput, type ForgetPlan, PlanDeleteGroupInput } from '#lib/model/offset-reset.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';
import { keepBefore } from './apply-moves.ts';
import { forgetting } from './forget-offsets.ts';
import { assertTyped, clusterOf, groupTarget, notesOf, showChange, typedFor } from './group-change.ts';
import { assertInactive, blockedBy, groupExists, lookAtGroup } from './live-group.ts';
import { sameForgetting } from './same-change.ts';

/** What deleting a group takes away: its committed offsets, by topic. */
export const planDeleteGroup = definePlan({
  name: 'group.delete.plan',
  permission: 'group:delete',
  input: PlanDeleteGroupInput,
  target: groupTarget,
  run: async (context, input): Promise<ForgetPlan> => {
    const client = await kafkaOf(input.clusterId);
    const options = { signal: context.signal };
    const [cluster, group] = await Promise.all([
      clusterOf(input.clusterId),
      lookAtGroup(client, input.groupId, options),
    ]);
    if (!groupExists(group))
      throw new AppError('group.not-found', { group: input.groupId, cluster: input.clusterId });
    const { topics, digest } = await forgetting(client, group, null, options);
    return {
      ...{ groupId: input.groupId, type: group.type, groupState: group.groupState, topics, digest },
      members: group.members,
      blocked: cluster.readOnly ? `${cluster.name} is read-only in Millrace.` : blockedBy(group),
      isReadOnly: cluster.readOnly,
      notes: notesOf(group),
      typed: typedFor(cluster, input.groupId),
      sameAs: sameForgetting(cluster, input.groupId, group.type, null),
      plannedAt: new Date().toISOString(),
    };
  },
});

/**
 * Deletes a group without members. Its positions are kept, and undoing commits them again, which makes the group anew; members that join
 * before that begin by their own `auto.offset.reset`.
 */
export const deleteGroup = defineCommand({
  name: 'group.delete',
  permission: 'group:delete',
  input: DeleteGroupInput,
  target: groupTarget,
  secrets: [],
  changesCluster: true,
  revalidate: (input) => [paths.groups(input.clusterId)],
  run: async (context, input, attempt): Promise<{ resetId: string | null; partitions: number }> => {
    const { clusterId, groupId } = input;
    const client = await kafkaOf(clusterId);
    const options = { signal: context.signal };
    const cluster = await clusterOf(clusterId);
    assertTyped(cluster, groupId, input.typed);
    const group = await lookAtGroup(client, groupId, options);
    if (!groupExists(group)) throw new AppError('group.not-found', { group: groupId, cluster: clusterId });
    assertInactive(group);
    const { moves, digest } = await forgetting(client, group, null, options);
    assertUnmoved(input.digest, digest, `Group ${groupId}`);
    const change = { clusterId, verb: 'group.delete' as const, words: 'group deleted' };
    const resetId = moves.length > 0 ? await keepBefore(context, attempt, change, group, moves) : null;
    try {
      await deleteOnCluster(client, groupId, options);
    } catch (error) {
      const isUnknown = error instanceof AppError && error.code === 'outcome.unknown';
      if (!isUnknown && resetId)
        await correctKeptOffsets(resetId, { ...change, type: group.type, positions: [] });
      if (!isUnknown || groupExists(await lookAtGroup(client, groupId).catch(() => group))) throw error;
    }
    await showChange(clusterId);
    return { resetId, partitions: moves.length };
  },
});
