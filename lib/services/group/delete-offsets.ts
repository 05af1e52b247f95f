import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import {
  DeleteOffsetsInput,
  type ForgetPlan,
  PlanDeleteOffsetsInput,
  type ResetOutcome,
} from '#lib/model/offset-reset.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';
import { applyMoves, endedInPart } from './apply-moves.ts';
import { forgetting } from './forget-offsets.ts';
import { assertTyped, clusterOf, groupTarget, notesOf, showChange, typedFor } from './group-change.ts';
import { assertInactive, blockedBy, type LiveGroup, lookAtGroup } from './live-group.ts';
import { sameForgetting } from './same-change.ts';

/** What taking away a group's offsets of topics means: it forgets where it stood in them. */
export const planDeleteOffsets = definePlan({
  name: 'group.delete-offsets.plan',
  permission: 'group:delete',
  input: PlanDeleteOffsetsInput,
  target: groupTarget,
  run: async (context, input): Promise<ForgetPlan> => {
    const client = await kafkaOf(input.clusterId);
    const options = { signal: context.signal };
    const [cluster, group] = await Promise.all([
      clusterOf(input.clusterId),
      lookAtGroup(client, input.groupId, options),
    ]);
    const { topics, digest } = await offsetsOf(group, input.topics, () =>
      forgetting(client, group, input.topics, options),
    );
    return {
      ...{ groupId: input.groupId, type: group.type, groupState: group.groupState, topics, digest },
      members: group.members,
      blocked: cluster.readOnly ? `${cluster.name} is read-only in Millrace.` : whyNot(group, input.topics),
      isReadOnly: cluster.readOnly,
      notes: [
        ...notesOf(group),
        'A member that reads these topics later begins by its own auto.offset.reset, unless this is undone before.',
      ],
      typed: typedFor(cluster, input.groupId),
      sameAs: sameForgetting(cluster, input.groupId, group.type, input.topics),
      plannedAt: new Date().toISOString(),
    };
  },
});

/** Takes a group's committed offsets of topics away. They are kept: `group.undo-reset` commits them again. */
export const deleteOffsets = defineCommand({
  name: 'group.delete-offsets',
  permission: 'group:delete',
  input: DeleteOffsetsInput,
  target: groupTarget,
  secrets: [],
  changesCluster: true,
  revalidate: (input) => [paths.group(input.clusterId, input.groupId)],
  ended: endedInPart,
  run: async (context, input, attempt): Promise<ResetOutcome> => {
    const { clusterId, groupId, topics } = input;
    const client = await kafkaOf(clusterId);
    const options = { signal: context.signal };
    const cluster = await clusterOf(clusterId);
    assertTyped(cluster, groupId, input.typed);
    const group = await lookAtGroup(client, groupId, options);
    if (whyNot(group, topics)) assertInactive(group);
    const { moves, digest } = await offsetsOf(group, topics, () =>
      forgetting(client, group, topics, options),
    );
    assertUnmoved(input.digest, digest, `Group ${groupId}`);
    const words = `offsets of ${topics.length === 1 ? topics[0] : `${topics.length} topics`} deleted`;
    const change = { clusterId, verb: 'group.delete-offsets' as const, words };
    const outcome = await applyMoves(client, context, attempt, change, group, moves);
    await showChange(clusterId);
    return { ...outcome, raised: 0 };
  },
});

/** Kafka takes offsets of a topic away while the group has members, as long as none of them reads that topic. */
function whyNot(group: LiveGroup, topics: readonly string[]): string | null {
  const isRead = topics.some((topic) => group.assignedTopics.has(topic));
  return isRead || group.type === 'share' ? blockedBy(group) : null;
}

/** @throws AppError `input.invalid` for a topic the group has no offsets of */
async function offsetsOf<T>(group: LiveGroup, topics: readonly string[], look: () => Promise<T>): Promise<T> {
  const missing = topics.find((topic) => !group.committed.has(topic));
  if (missing === undefined) return look();
  const fields = { topics: `Group ${group.groupId} has no committed offsets of ${missing}.` };
  throw new AppError('input.invalid', {}, { fields });
}
