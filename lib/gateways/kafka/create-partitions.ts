import {
  createPartitionsV0,
  createPartitionsV1,
  createPartitionsV2,
  createPartitionsV3,
} from '@platformatic/kafka';
import type { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { changeTimeoutMs, mutate } from './mutate.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';

const createPartitionsApi = libraryApi(
  'CreatePartitions',
  createPartitionsV3.api,
  createPartitionsV2.api,
  createPartitionsV1.api,
  createPartitionsV0.api,
);

/**
 * Raises topics to a total number of partitions. Records stay where they are; keys may map elsewhere afterwards. `added` are the brokers of each
 * new partition, the preferred leader first; Kafka chooses them unless they are given.
 */
export async function createPartitions(
  client: KafkaClient,
  topics: readonly { topic: string; total: number; added?: readonly (readonly number[])[] }[],
  options: CallOptions & { validateOnly?: boolean } = {},
): Promise<{ topic: string; error: AppError | null }[]> {
  const validateOnly = options.validateOnly ?? false;
  const asked = topics.map(({ topic, total, added }) => ({
    name: topic,
    count: total,
    assignments: added?.map((brokerIds) => ({ brokerIds: [...brokerIds] })) ?? null,
  }));
  const { value } = await mutate(client, validateOnly, () =>
    client.call(createPartitionsApi, [asked, changeTimeoutMs, validateOnly], 'controller', options),
  );
  return value.results.map(({ name, errorCode, errorMessage }) => ({
    topic: name,
    error:
      errorCode === 0
        ? null
        : itemError(errorCode, errorMessage, {
            topic: name,
            subject: name,
            cluster: client.name,
            operation: `add partitions to ${name}`,
          }),
  }));
}
