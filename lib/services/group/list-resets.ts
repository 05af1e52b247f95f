import { kafkaOf } from '#lib/collector/connections.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { listOffsetBackups, type OffsetBackup } from '#lib/gateways/database/offset-backups.ts';
import { GroupReset, GroupResets, GroupResetsInput, offsetsKeptDays } from '#lib/model/offset-reset.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { groupTarget } from './group-change.ts';
import { blockedBy, type LiveGroup, lookAtGroup } from './live-group.ts';
import { movedSince } from './undo-reset.ts';

/** Changes of a group's positions that are kept, newest first, each with what undoing it takes now. */
export const listResets = defineQuery({
  name: 'group.resets',
  summary: 'Changes of the positions of one group, with whether they can be undone.',
  path: '/clusters/[clusterId]/groups/[groupId]/resets',
  permission: 'group:read',
  input: GroupResetsInput,
  output: GroupResets,
  target: groupTarget,
  run: async (context, input) => {
    const backups = await listOffsetBackups(input.clusterId, input.groupId);
    if (backups.length === 0) return { resets: [], keptDays: offsetsKeptDays };
    let group: LiveGroup | null = null;
    let unknown = '';
    try {
      const client = await kafkaOf(input.clusterId);
      group = await lookAtGroup(client, input.groupId, { signal: context.signal });
    } catch (error) {
      context.signal.throwIfAborted();
      unknown = toProblem(error).what;
    }
    return {
      resets: backups.map((backup) => rowOf(backup, group, unknown)),
      keptDays: offsetsKeptDays,
    };
  },
});

function rowOf(backup: OffsetBackup, group: LiveGroup | null, unknown: string): GroupReset {
  return {
    resetId: backup.id,
    verb: GroupReset.shape.verb.parse(backup.verb),
    words: backup.words,
    takenAt: new Date(backup.takenAtMs).toISOString(),
    takenBy: backup.takenByName,
    operationId: backup.operationId,
    topics: backup.positions.map(({ topic }) => topic),
    partitions: backup.positions.reduce((sum, { partitions }) => sum + partitions.length, 0),
    undoneAt: backup.undoneAtMs === null ? null : new Date(backup.undoneAtMs).toISOString(),
    undoneBy: backup.undoneBy,
    ...undoOf(backup, group, unknown),
  };
}

function undoOf(
  backup: OffsetBackup,
  group: LiveGroup | null,
  unknown: string,
): Pick<GroupReset, 'undo' | 'why'> {
  if (backup.undoneAtMs !== null) return { undo: 'done', why: null };
  if (!group) return { undo: 'plan', why: `Where the group stands is not known. ${unknown}` };
  const blocked = blockedBy(group);
  if (blocked) return { undo: 'blocked', why: blocked };
  const moved = movedSince(backup, group, null);
  return moved ? { undo: 'plan', why: `Not by one click: ${moved}.` } : { undo: 'click', why: null };
}
