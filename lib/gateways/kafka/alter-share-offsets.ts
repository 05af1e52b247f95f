import type { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { type ChangedOffset, groupItemError } from './commit-offsets.ts';
import { mutate } from './mutate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** KIP-932: where delivery to a share group begins. */
const alterShareOffsetsApi = rawApi(91, 'AlterShareGroupOffsets', { min: 0, max: 0, flexible: 0 });
const deleteShareOffsetsApi = rawApi(92, 'DeleteShareGroupOffsets', { min: 0, max: 0, flexible: 0 });

/**
 * Moves the start offsets of a share group without members. What was in flight is forgotten with its delivery counts.
 * @throws AppError `group.active`, `group.not-found`, `kafka.unsupported`, `cluster.read-only`, `outcome.unknown`
 */
export async function alterShareOffsets(
  client: KafkaClient,
  groupId: string,
  offsets: readonly { topic: string; partition: number; offset: bigint }[],
  options: CallOptions = {},
): Promise<ChangedOffset[]> {
  const topics = Map.groupBy(offsets, ({ topic }) => topic);
  const writer = new FlatWriter(64 + offsets.length * 16).string(groupId, true).count(topics.size, true);
  for (const [topic, own] of topics) {
    writer.string(topic, true).count(own.length, true);
    for (const { partition, offset } of own) writer.int32(partition).int64(offset).tags(true);
    writer.tags(true);
  }
  const request = writer.tags(true).done();
  const { value } = await mutate(client, false, () =>
    client.call(
      alterShareOffsetsApi,
      body(() => request),
      { group: groupId },
      options,
    ),
  );
  const reader = answerOf(client, groupId, value);
  const changed: ChangedOffset[] = [];
  for (let left = reader.count(true, 18); left > 0; left -= 1) {
    const topic = reader.string(true) ?? '';
    reader.skip(16);
    for (let rest = reader.count(true, 8); rest > 0; rest -= 1) {
      const partition = reader.int32();
      changed.push({ topic, partition, error: itemOf(reader, client, groupId, topic, partition) });
    }
    reader.tags(true);
  }
  return changed;
}

/**
 * Takes topics away from a share group without members.
 * @throws AppError as `alterShareOffsets` does
 */
export async function deleteShareOffsets(
  client: KafkaClient,
  groupId: string,
  topics: readonly string[],
  options: CallOptions = {},
): Promise<{ topic: string; error: AppError | null }[]> {
  const writer = new FlatWriter(64 + topics.length * 48).string(groupId, true).count(topics.length, true);
  for (const topic of topics) writer.string(topic, true).tags(true);
  const request = writer.tags(true).done();
  const { value } = await mutate(client, false, () =>
    client.call(
      deleteShareOffsetsApi,
      body(() => request),
      { group: groupId },
      options,
    ),
  );
  const reader = answerOf(client, groupId, value);
  const deleted: { topic: string; error: AppError | null }[] = [];
  for (let left = reader.count(true, 20); left > 0; left -= 1) {
    const topic = reader.string(true) ?? '';
    reader.skip(16);
    deleted.push({ topic, error: itemOf(reader, client, groupId, topic, null) });
  }
  return deleted;
}

/** The answer behind its head. @throws AppError what Kafka says of the whole group */
function answerOf(client: KafkaClient, groupId: string, bytes: Buffer): FlatReader {
  const reader = new FlatReader(bytes);
  reader.skip(4);
  const failure = groupItemError(client, groupId, 'its offsets', null, reader.int16());
  reader.skipString(true);
  if (!failure) return reader;
  client.forgetCoordinator('group', groupId);
  throw failure;
}

function itemOf(
  reader: FlatReader,
  client: KafkaClient,
  groupId: string,
  topic: string,
  partition: number | null,
): AppError | null {
  const error = groupItemError(client, groupId, topic, partition, reader.int16());
  reader.skipString(true);
  reader.tags(true);
  return error;
}
