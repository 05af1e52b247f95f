import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { partitionRow, readMetadata, rowsByName } from '#lib/gateways/kafka/read-metadata.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import {
  maxResetPartitions,
  type OffsetMove,
  PlanResetOffsetsInput,
  ResetOffsetsInput,
  type ResetOffsetsPlan,
  type ResetOutcome,
  type ResetPositions,
} from '#lib/model/offset-reset.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved, digestOf } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';
import { applyMoves, endedInPart, type Move } from './apply-moves.ts';
import { assertTyped, clusterOf, groupTarget, notesOf, showChange, typedFor } from './group-change.ts';
import { assertInactive, blockedBy, groupExists, type LiveGroup, lookAtGroup, madeAs } from './live-group.ts';
import { nextRecords } from './next-records.ts';
import { byPlace, planMoves, totalsOf } from './plan-moves.ts';
import { standingsOf } from './reset-standings.ts';
import { wordsOf } from './reset-words.ts';
import { sameReset } from './same-change.ts';

/**
 * What moving a group's positions would do: from where to where, the record that is read next, what is read again or skipped,
 * and who keeps it from being done. The new positions are fixed here: records that arrive after the plan move nothing.
 */
export const planResetOffsets = definePlan({
  name: 'group.reset-offsets.plan',
  permission: 'group:reset',
  input: PlanResetOffsetsInput,
  target: groupTarget,
  run: async (context, input): Promise<ResetOffsetsPlan> => {
    const client = await kafkaOf(input.clusterId);
    const options = { signal: context.signal };
    const now = Date.now();
    const { target } = input;
    const timeMs =
      target.kind === 'time' ? target.timeMs : target.kind === 'ago' ? Math.max(0, now - target.ms) : null;
    const [cluster, found] = await Promise.all([
      clusterOf(input.clusterId),
      lookAtGroup(client, input.groupId, options),
    ]);
    const { metadata, standings, keptType } = await standingsOf(client, found, input, timeMs, options);
    const group = madeAs(found, keptType ?? found.type);
    const { moves, kept } = planMoves(standings);
    const nexts = input.withRecords
      ? await nextRecords(context, input.clusterId, moves)
      : moves.map(() => ({ kind: 'unknown' as const, why: 'It was not looked up.' }));
    const totals = totalsOf(moves);
    return {
      groupId: input.groupId,
      type: group.type,
      groupState: group.groupState,
      words: wordsOf(target, timeMs),
      moves: moves.map((move, i): OffsetMove => ({ ...move, next: nexts[i]! })),
      kept,
      totals,
      members: group.members,
      blocked: cluster.readOnly ? `${cluster.name} is read-only in Millrace.` : blockedBy(group),
      isReadOnly: cluster.readOnly,
      notes: [
        ...(groupExists(group) ? [] : [`Kafka knows no group ${input.groupId}: it is made.`]),
        ...notesOf(group),
      ],
      typed: typedFor(cluster, input.groupId),
      sameAs: sameReset(cluster, { ...input, type: group.type, timeMs, moves }),
      positions: positionsOf(moves),
      digest: digestOf(
        seen(
          group,
          metadata,
          moves.map(({ topic, partition, to }) => ({ topic, partition, to })),
        ),
      ),
      plannedAt: new Date(now).toISOString(),
    };
  },
});

/**
 * Moves the positions of a group without members, as planned. What they were is kept: `group.undo-reset` takes it back. Where
 * retention has passed a planned position in the meantime the log's new start is taken.
 */
export const resetOffsets = defineCommand({
  name: 'group.reset-offsets',
  permission: 'group:reset',
  input: ResetOffsetsInput,
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
    const wanted = flatten(input.positions);
    const client = await kafkaOf(input.clusterId);
    const options = { signal: context.signal };
    const cluster = await clusterOf(input.clusterId);
    assertTyped(cluster, input.groupId, input.typed);
    const [found, metadata] = await Promise.all([
      lookAtGroup(client, input.groupId, options),
      readMetadata(client, { ...options, topics: [...new Set(wanted.map(({ topic }) => topic))] }),
    ]);
    const group = madeAs(found, input.type);
    assertInactive(group);
    assertUnmoved(input.digest, digestOf(seen(group, metadata, wanted)), `Group ${input.groupId}`);
    const { moves, raised } = await withinLogs(client, metadata, movesOf(group, metadata, wanted), options);
    const change = { clusterId: input.clusterId, verb: 'group.reset-offsets' as const, words: input.words };
    const outcome = await applyMoves(client, context, attempt, change, group, moves);
    await showChange(input.clusterId);
    return { ...outcome, raised };
  },
});

type Position = { topic: string; partition: number; to: string | null };

/** What must be the same when the act follows: the group's kind, the topics themselves, where it stood and where it goes. */
const seen = (group: LiveGroup, metadata: MetadataColumns, positions: readonly Position[]) => ({
  type: group.type,
  positions: [...positions]
    .sort(byPlace)
    .map(({ topic, partition, to }) => [
      topic,
      topicIdOf(metadata, topic),
      partition,
      group.committed.get(topic)?.get(partition) ?? null,
      to,
    ]),
});

const topicIdOf = (metadata: MetadataColumns, topic: string): string =>
  metadata.topicIds[rowsByName(metadata.names).get(topic) ?? -1] ?? '';

function positionsOf(moves: readonly Position[]): ResetPositions[] {
  return [...Map.groupBy([...moves].sort(byPlace), ({ topic }) => topic)].map(([topic, own]) => ({
    topic,
    partitions: own.map(({ partition }) => partition),
    offsets: own.map(({ to }) => to),
  }));
}

/** @throws AppError `input.invalid` when they are not what a plan gives */
function flatten(topics: readonly ResetPositions[]): Position[] {
  const positions: Position[] = [];
  for (const { topic, partitions, offsets } of topics)
    partitions.forEach((partition, i) => {
      positions.push({ topic, partition, to: offsets[i] ?? null });
    });
  const isUneven = topics.some(({ partitions, offsets }) => partitions.length !== offsets.length);
  const places = new Set(positions.map(({ topic, partition }) => `${topic}/${partition}`));
  if (isUneven || places.size !== positions.length || positions.length > maxResetPartitions)
    throw new AppError(
      'input.invalid',
      {},
      { fields: { positions: 'Send the positions as the plan has them.' } },
    );
  return positions;
}

const movesOf = (group: LiveGroup, metadata: MetadataColumns, wanted: readonly Position[]): Move[] =>
  wanted.map(({ topic, partition, to }) => ({
    ...{ topic, partition, topicId: topicIdOf(metadata, topic) },
    from: group.committed.get(topic)?.get(partition) ?? null,
    to: to === null ? null : BigInt(to),
  }));

/** Positions that retention has passed are raised to the log's start: before it a consumer would begin anywhere. */
export async function withinLogs(
  client: KafkaClient,
  metadata: MetadataColumns,
  moves: readonly Move[],
  options: CallOptions,
): Promise<{ moves: Move[]; raised: number }> {
  const { columns } = await readOffsets(client, metadata, 'start', options);
  let raised = 0;
  const within = moves.map((move) => {
    const row = partitionRow(metadata, rowsByName(metadata.names).get(move.topic) ?? -1, move.partition);
    const start = columns.offsets[row] ?? -1n;
    if (move.to === null || move.to >= start) return move;
    raised += 1;
    return { ...move, to: start };
  });
  return { moves: within, raised };
}
