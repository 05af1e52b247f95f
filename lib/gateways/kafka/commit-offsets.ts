import { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { mutate } from './mutate.ts';
import { itemError } from './translate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** OffsetCommit 6–9; 10 names topics by id only. */
const offsetCommitApi = rawApi(8, 'OffsetCommit', { min: 6, max: 9, flexible: 8 });

/** Offsets of one request: the answer of each partition takes a dozen bytes, the request some forty. */
const partitionsPerRequest = 5_000;

export type OffsetToCommit = { topic: string; partition: number; offset: bigint; metadata?: string };
export type ChangedOffset = { topic: string; partition: number; error: AppError | null };

/**
 * Commits offsets in the name of a group that has no members: generation -1 and no member id, as Kafka's own tools do. A
 * group that does not exist is made. Partitions fail one by one; where a member has joined each says `group.active`.
 * @throws AppError `cluster.read-only`, `outcome.unknown`, `kafka.no-coordinator`
 */
export async function commitOffsets(
  client: KafkaClient,
  groupId: string,
  offsets: readonly OffsetToCommit[],
  options: CallOptions = {},
): Promise<ChangedOffset[]> {
  const changed: ChangedOffset[] = [];
  for (let from = 0; from < offsets.length; from += partitionsPerRequest) {
    const part = offsets.slice(from, from + partitionsPerRequest);
    const { value, version } = await mutate(client, false, () =>
      client.call(
        offsetCommitApi,
        body((chosen) => encodeOffsetCommit(chosen, groupId, part)),
        { group: groupId },
        options,
      ),
    );
    for (const { topic, partition, errorCode } of decodeOffsetCommit(value, version))
      changed.push({ topic, partition, error: groupItemError(client, groupId, topic, partition, errorCode) });
  }
  if (changed.some(({ error }) => error?.code === 'kafka.not-ready'))
    client.forgetCoordinator('group', groupId);
  return changed;
}

export function encodeOffsetCommit(
  version: number,
  groupId: string,
  offsets: readonly OffsetToCommit[],
): Buffer {
  const flexible = version >= 8;
  const topics = Map.groupBy(offsets, ({ topic }) => topic);
  const writer = new FlatWriter(128 + offsets.length * 32);
  writer.string(groupId, flexible).int32(-1).string('', flexible);
  if (version >= 7) writer.string(null, flexible);
  writer.count(topics.size, flexible);
  for (const [topic, own] of topics) {
    writer.string(topic, flexible).count(own.length, flexible);
    for (const { partition, offset, metadata } of own)
      writer
        .int32(partition)
        .int64(offset)
        .int32(-1)
        .string(metadata ?? '', flexible)
        .tags(flexible);
    writer.tags(flexible);
  }
  return writer.tags(flexible).done();
}

export function decodeOffsetCommit(
  bytes: Buffer,
  version: number,
): { topic: string; partition: number; errorCode: number }[] {
  const flexible = version >= 8;
  const reader = new FlatReader(bytes);
  const answers: { topic: string; partition: number; errorCode: number }[] = [];
  reader.skip(4);
  for (let topics = reader.count(flexible, 4); topics > 0; topics -= 1) {
    const topic = reader.string(flexible) ?? '';
    for (let left = reader.count(flexible, 6); left > 0; left -= 1) {
      answers.push({ topic, partition: reader.int32(), errorCode: reader.int16() });
      reader.tags(flexible);
    }
    reader.tags(flexible);
  }
  return answers;
}

/** UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS, NON_EMPTY_GROUP, GROUP_SUBSCRIBED_TO_TOPIC, STALE_MEMBER_EPOCH. */
const activeCodes = new Set([25, 22, 27, 68, 86, 113]);

/** What an error code of a group's partition means; null when there is none. Members that live are `group.active`. */
export function groupItemError(
  client: KafkaClient,
  groupId: string,
  topic: string,
  partition: number | null,
  code: number,
): AppError | null {
  if (code === 0) return null;
  if (activeCodes.has(code)) return new AppError('group.active', { group: groupId, members: '' });
  return itemError(code, null, {
    topic,
    group: groupId,
    cluster: client.name,
    subject: partition === null ? `${topic} in ${groupId}` : `${topic} partition ${partition} in ${groupId}`,
    operation: `change offsets of group ${groupId}`,
  });
}
