import { AppError } from '#lib/errors/app-error.ts';
import { sentences } from '#lib/errors/sentences.ts';
import {
  correctKeptOffsets,
  type KeptPositions,
  keepOffsets,
} from '#lib/gateways/database/offset-backups.ts';
import { alterShareOffsets, deleteShareOffsets } from '#lib/gateways/kafka/alter-share-offsets.ts';
import type { CallOptions, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { type ChangedOffset, commitOffsets } from '#lib/gateways/kafka/commit-offsets.ts';
import { deleteOffsets } from '#lib/gateways/kafka/delete-offsets.ts';
import type { GroupReset, ResetOutcome } from '#lib/model/offset-reset.ts';
import type { Context } from '#lib/operations/context.ts';
import type { Attempt } from '#lib/operations/define-command.ts';
import { type LiveGroup, lookAtGroup } from './live-group.ts';

/** One position to be written; null takes the committed offset away. */
export type Move = {
  topic: string;
  topicId: string;
  partition: number;
  from: bigint | null;
  to: bigint | null;
};

type Change = { clusterId: string; verb: GroupReset['verb']; words: string };

/** Keeps what the group had before a change, so that it can be undone. Gives the id under which it is kept. */
export async function keepBefore(
  context: Context,
  attempt: Attempt,
  change: Change,
  group: LiveGroup,
  moves: readonly Move[],
): Promise<string> {
  await keepOffsets({
    id: attempt.operationId,
    ...{ clusterId: change.clusterId, groupId: group.groupId, verb: change.verb },
    ...{ operationId: attempt.operationId, words: change.words, type: group.type },
    ...{ takenBy: context.principal.userId, takenByName: context.principal.name },
    positions: keptOf(moves),
  });
  return attempt.operationId;
}

/**
 * Moves positions of a group that has no members, after what they were has been kept. When an answer of Kafka is lost the
 * positions are read back (F9): what arrived counts as moved, what did not leaves the outcome unknown, and is not sent again.
 * What was moved before a failure stays kept, so that it can be taken back.
 * @throws AppError `group.active`, `outcome.unknown`, what Kafka says when it was not made to its end
 */
export async function applyMoves(
  client: KafkaClient,
  context: Context,
  attempt: Attempt,
  change: Change,
  group: LiveGroup,
  moves: readonly Move[],
): Promise<Omit<ResetOutcome, 'raised'>> {
  const options = { signal: context.signal };
  const resetId = await keepBefore(context, attempt, change, group, moves);
  let changed: ChangedOffset[];
  try {
    changed = await write(client, group, moves, options);
  } catch (error) {
    const isUnknown = error instanceof AppError && error.code === 'outcome.unknown';
    const made = await madeOf(client, group.groupId, moves);
    // What is under way may still arrive: all of it stays kept then, as where nobody says what was made before the failure.
    if (!isUnknown && made)
      await correctKeptOffsets(resetId, { ...change, type: group.type, positions: keptOf(made) });
    if (!isUnknown || made?.length !== moves.length) throw error;
    changed = moves.map(({ topic, partition }) => ({ topic, partition, error: null }));
  }
  const failed = changed.filter(({ error }) => error !== null);
  if (failed.length > 0) {
    const isFailed = new Set(failed.map(keyOf));
    const done = moves.filter((move) => !isFailed.has(keyOf(move)));
    await correctKeptOffsets(resetId, { ...change, type: group.type, positions: keptOf(done) });
    if (done.length === 0 && failed[0]?.error) throw failed[0].error;
  }
  return {
    resetId,
    moved: moves.length - failed.length,
    failures: failed.map(({ topic, partition, error }) => ({
      ...{ topic, partition },
      sentence: error ? sentences[error.code].what(error.facts) : '',
    })),
  };
}

/** How a change that was made in part is written down. */
export const endedInPart = ({ failures }: Pick<ResetOutcome, 'failures'>) =>
  failures.length > 0 ? { outcome: 'failed' as const, errorCode: 'reset.partly' } : null;

async function write(
  client: KafkaClient,
  group: LiveGroup,
  moves: readonly Move[],
  options: CallOptions,
): Promise<ChangedOffset[]> {
  const { groupId } = group;
  const placed = moves.flatMap(({ topic, partition, to }) =>
    to === null ? [] : [{ topic, partition, offset: to }],
  );
  const removed = moves.filter(({ to }) => to === null);
  const isShare = group.type === 'share';
  const [place, remove] = isShare
    ? [alterShareOffsets, removeShareOffsets(group)]
    : [commitOffsets, deleteOffsets];
  return [
    ...(placed.length > 0 ? await place(client, groupId, placed, options) : []),
    ...(removed.length > 0 ? await remove(client, groupId, removed, options) : []),
  ];
}

/** A share group forgets whole topics only: where it would keep some partitions of one, that topic is left. */
const removeShareOffsets =
  (group: LiveGroup): typeof deleteOffsets =>
  async (client, groupId, removed, options) => {
    const byTopic = Map.groupBy(removed, ({ topic }) => topic);
    const isWhole = (topic: string) => byTopic.get(topic)?.length === group.committed.get(topic)?.size;
    const whole = [...byTopic.keys()].filter(isWhole);
    const answers = whole.length > 0 ? await deleteShareOffsets(client, groupId, whole, options) : [];
    const errors = new Map(answers.map(({ topic, error }) => [topic, error]));
    return removed.map(({ topic, partition }) => ({
      ...{ topic, partition },
      error: isWhole(topic) ? (errors.get(topic) ?? null) : partOfTopic(groupId),
    }));
  };

const partOfTopic = (groupId: string) =>
  new AppError('kafka.rejected', {
    subject: `share group ${groupId}`,
    error: 'INVALID_REQUEST',
    message: 'A share group forgets whole topics only.',
  });

/** The moves that the group has made by now; null when it cannot be asked. */
async function madeOf(client: KafkaClient, groupId: string, moves: readonly Move[]): Promise<Move[] | null> {
  try {
    const { committed } = await lookAtGroup(client, groupId);
    return moves.filter(({ topic, partition, to }) => (committed.get(topic)?.get(partition) ?? null) === to);
  } catch {
    return null;
  }
}

const keyOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`;

function keptOf(moves: readonly Move[]): KeptPositions[] {
  const text = (offset: bigint | null) => offset?.toString() ?? null;
  return [...Map.groupBy(moves, ({ topic }) => topic)].map(([topic, own]) => ({
    topic,
    topicId: own[0]?.topicId ?? '',
    partitions: own.map(({ partition }) => partition),
    before: own.map(({ from }) => text(from)),
    after: own.map(({ to }) => text(to)),
  }));
}
