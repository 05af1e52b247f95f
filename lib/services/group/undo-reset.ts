import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { markUndone, type OffsetBackup, readOffsetBackup } from '#lib/gateways/database/offset-backups.ts';
import { readMetadata, rowsByName } from '#lib/gateways/kafka/read-metadata.ts';
import { type ResetOutcome, UndoResetInput } from '#lib/model/offset-reset.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';
import { applyMoves, endedInPart, type Move } from './apply-moves.ts';
import { groupTarget, showChange } from './group-change.ts';
import { assertInactive, type LiveGroup, lookAtGroup, madeAs } from './live-group.ts';
import { withinLogs } from './reset-offsets.ts';
import { momentText } from './reset-words.ts';

/**
 * Puts a group back to where it stood before a change, in one step: while it has no members and still stands where that change put
 * it. Otherwise it is refused, and a reset to `saved` shows as a plan what undoing would mean now. A group that is gone is made
 * again as the kind that it was.
 */
export const undoReset = defineCommand({
  name: 'group.undo-reset',
  permission: 'group:reset',
  input: UndoResetInput,
  target: groupTarget,
  secrets: [],
  changesCluster: true,
  revalidate: (input) => [paths.group(input.clusterId, input.groupId)],
  noted: ({ resetId, moved, failures, raised }: ResetOutcome) => ({
    ...{ resetId, moved, raised },
    failed: failures.length,
  }),
  ended: endedInPart,
  run: async (context, input, attempt): Promise<ResetOutcome> => {
    const { clusterId, groupId, resetId } = input;
    const backup = await readOffsetBackup(clusterId, groupId, resetId);
    if (!backup) throw new AppError('reset.not-found');
    if (backup.undoneAtMs !== null) throw new AppError('reset.undone', { by: backup.undoneBy ?? '' });
    const client = await kafkaOf(clusterId);
    const options = { signal: context.signal };
    const [found, metadata] = await Promise.all([
      lookAtGroup(client, groupId, options),
      readMetadata(client, { ...options, topics: backup.positions.map(({ topic }) => topic) }),
    ]);
    const group = madeAs(found, backup.type);
    assertInactive(group);
    const topicIds = new Map(
      [...rowsByName(metadata.names)].map(([topic, t]) => [topic, metadata.topicIds[t] ?? '']),
    );
    const moved = movedSince(backup, group, topicIds);
    if (moved) throw new AppError('group.moved', { group: groupId, reason: moved });
    const { moves, raised } = await withinLogs(client, metadata, inverseOf(backup), options);
    const words = `undone: ${backup.words} at ${momentText(backup.takenAtMs)}`;
    const change = { clusterId, verb: 'group.undo-reset' as const, words };
    const outcome = await applyMoves(client, context, attempt, change, group, moves);
    if (outcome.failures.length === 0) await markUndone(resetId, context.principal.name);
    await showChange(clusterId);
    return { ...outcome, raised };
  },
});

/**
 * Why a group does not stand where a change put it, as the second half of a sentence; null when it does.
 * @param topicIds of the topics as they are now; without them that is not compared
 */
export function movedSince(
  backup: OffsetBackup,
  group: LiveGroup,
  topicIds: ReadonlyMap<string, string> | null,
): string | null {
  if (group.type !== backup.type && group.groupState !== '')
    return `it is a ${group.type} group now and was a ${backup.type} group`;
  let moved = 0;
  for (const { topic, topicId, partitions, after } of backup.positions) {
    if (topicIds && topicId !== '' && topicIds.get(topic) !== topicId)
      return `topic ${topic} was deleted or made anew`;
    partitions.forEach((partition, i) => {
      const now = group.committed.get(topic)?.get(partition)?.toString() ?? null;
      if (now !== (after[i] ?? null)) moved += 1;
    });
  }
  if (moved === 0) return null;
  return `it has committed other positions on ${moved === 1 ? 'one partition' : `${moved} partitions`} since`;
}

const inverseOf = (backup: OffsetBackup): Move[] =>
  backup.positions.flatMap(({ topic, topicId, partitions, before, after }) =>
    partitions.map((partition, i) => ({
      ...{ topic, topicId, partition },
      from: toBigInt(after[i]),
      to: toBigInt(before[i]),
    })),
  );

const toBigInt = (text: string | null | undefined): bigint | null => (text == null ? null : BigInt(text));
