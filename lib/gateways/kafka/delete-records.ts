import { deleteRecordsV0, deleteRecordsV1, deleteRecordsV2 } from '@platformatic/kafka';
import { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { asAppError } from './list-offsets.ts';
import { changeTimeoutMs, mutate } from './mutate.ts';
import { partitionRow, readTopic } from './read-metadata.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';

const deleteRecordsApi = libraryApi(
  'DeleteRecords',
  deleteRecordsV2.api,
  deleteRecordsV1.api,
  deleteRecordsV0.api,
);

export type DeletedRecords = {
  partition: number;
  /** The new start of the log; -1 when nothing was deleted. */
  startOffset: bigint;
  error: AppError | null;
};

/**
 * Moves the start of partitions forward: records before the offset are gone for ever. Each leader is asked at the
 * same time; a partition whose leader does not answer carries the reason, others are done.
 * @param before the new start by partition; -1 means the end of the log.
 * @throws AppError `topic.not-found`, `cluster.read-only`
 */
export async function deleteRecords(
  client: KafkaClient,
  topic: string,
  before: ReadonlyMap<number, bigint>,
  options: CallOptions = {},
): Promise<DeletedRecords[]> {
  client.assertWritable();
  const metadata = await readTopic(client, topic, options);
  const leaders = Map.groupBy(before, ([partition]) => {
    const row = partitionRow(metadata, 0, partition);
    return row < 0 ? -2 : (metadata.leader[row] as number);
  });
  const lists = await Promise.all(
    [...leaders].map(async ([broker, wanted]): Promise<DeletedRecords[]> => {
      const failed = (error: (partition: number) => AppError) =>
        wanted.map(([partition]) => ({ partition, startOffset: -1n, error: error(partition) }));
      if (broker === -2)
        return failed((partition) => itemError(3, null, { topic: `${topic} partition ${partition}` }));
      if (broker < 0) return failed((partition) => new AppError('kafka.no-leader', { topic, partition }));
      const partitions = wanted.map(([partitionIndex, offset]) => ({ partitionIndex, offset }));
      try {
        const { value } = await mutate(client, false, () =>
          client.call(
            deleteRecordsApi,
            [[{ name: topic, partitions }], changeTimeoutMs],
            { broker },
            options,
          ),
        );
        return (value.topics[0]?.partitions ?? []).map(({ partitionIndex, lowWatermark, errorCode }) => ({
          partition: partitionIndex,
          startOffset: errorCode === 0 ? lowWatermark : -1n,
          error:
            errorCode === 0
              ? null
              : itemError(errorCode, null, {
                  topic,
                  subject: `${topic} partition ${partitionIndex}`,
                  operation: `delete records of ${topic}`,
                }),
        }));
      } catch (error) {
        options.signal?.throwIfAborted();
        const reason = asAppError(error);
        return failed(() => reason);
      }
    }),
  );
  return lists.flat().sort((a, b) => a.partition - b.partition);
}
