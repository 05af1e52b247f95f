import type { CallOptions, KafkaClient } from './client.ts';
import { type ChangedOffset, groupItemError } from './commit-offsets.ts';
import { mutate } from './mutate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** KIP-496. Version 0 is the only one. Its answer begins with the error, and only then says the throttle time. */
const offsetDeleteApi = { ...rawApi(47, 'OffsetDelete', { min: 0, max: 0, flexible: 1 }), raw: false };

const partitionsPerRequest = 5_000;

/**
 * Takes the committed offsets of partitions away from a group. Kafka refuses it for topics that a member reads: those
 * partitions say `group.active`.
 * @throws AppError `group.not-found`, `group.active`, `cluster.read-only`, `outcome.unknown`
 */
export async function deleteOffsets(
  client: KafkaClient,
  groupId: string,
  offsets: readonly { topic: string; partition: number }[],
  options: CallOptions = {},
): Promise<ChangedOffset[]> {
  const changed: ChangedOffset[] = [];
  for (let from = 0; from < offsets.length; from += partitionsPerRequest) {
    const part = offsets.slice(from, from + partitionsPerRequest);
    const { value } = await mutate(client, false, () =>
      client.call(
        offsetDeleteApi,
        body(() => encodeOffsetDelete(groupId, part)),
        { group: groupId },
        options,
      ),
    );
    const answer = decodeOffsetDelete(value);
    const failure = groupItemError(client, groupId, '', null, answer.errorCode);
    if (failure) {
      client.forgetCoordinator('group', groupId);
      throw failure;
    }
    for (const { topic, partition, errorCode } of answer.partitions)
      changed.push({ topic, partition, error: groupItemError(client, groupId, topic, partition, errorCode) });
  }
  return changed;
}

export function encodeOffsetDelete(
  groupId: string,
  offsets: readonly { topic: string; partition: number }[],
): Buffer {
  const topics = Map.groupBy(offsets, ({ topic }) => topic);
  const writer = new FlatWriter(64 + offsets.length * 8).string(groupId, false).count(topics.size, false);
  for (const [topic, own] of topics) {
    writer.string(topic, false).count(own.length, false);
    for (const { partition } of own) writer.int32(partition);
  }
  return writer.done();
}

export function decodeOffsetDelete(bytes: Buffer): {
  errorCode: number;
  partitions: { topic: string; partition: number; errorCode: number }[];
} {
  const reader = new FlatReader(bytes);
  const errorCode = reader.int16();
  reader.skip(4);
  const partitions: { topic: string; partition: number; errorCode: number }[] = [];
  for (let topics = reader.count(false, 4); topics > 0; topics -= 1) {
    const topic = reader.string(false) ?? '';
    for (let left = reader.count(false, 6); left > 0; left -= 1)
      partitions.push({ topic, partition: reader.int32(), errorCode: reader.int16() });
  }
  return { errorCode, partitions };
}
