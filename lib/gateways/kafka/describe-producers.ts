import { describeProducersV0 } from '@platformatic/kafka';
import type { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';

const describeProducersApi = libraryApi('DescribeProducers', describeProducersV0.api);

/** An idempotent or transactional producer that a partition remembers (KIP-664). */
export type ActiveProducer = {
  producerId: bigint;
  epoch: number;
  lastSequence: number;
  /** Time of its last record, epoch ms. */
  lastTimestampMs: number;
  /** First offset of its open transaction; null when none is open. */
  openSince: bigint | null;
};

/** Producers by partition, asked of the broker that leads them. */
export async function describeProducers(
  client: KafkaClient,
  broker: number,
  topic: string,
  partitions: readonly number[],
  options: CallOptions = {},
): Promise<{ partition: number; producers: ActiveProducer[]; error: AppError | null }[]> {
  const asked = [{ name: topic, partitionIndexes: [...partitions] }];
  const { value } = await client.call(describeProducersApi, [asked], { broker }, options);
  return (value.topics[0]?.partitions ?? []).map((partition) => ({
    partition: partition.partitionIndex,
    error:
      partition.errorCode === 0
        ? null
        : itemError(partition.errorCode, partition.errorMessage, {
            topic,
            cluster: client.name,
            operation: `describe the producers of ${topic}`,
          }),
    producers: partition.activeProducers.map((producer) => ({
      producerId: producer.producerId,
      epoch: producer.producerEpoch,
      lastSequence: producer.lastSequence,
      lastTimestampMs: Number(producer.lastTimestamp),
      openSince: producer.currentTxnStartOffset < 0n ? null : producer.currentTxnStartOffset,
    })),
  }));
}
