import { createTopicsV4, createTopicsV5, createTopicsV6, createTopicsV7 } from '@platformatic/kafka';
import type { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { changeTimeoutMs, mutate } from './mutate.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';

const createTopicsApi = libraryApi(
  'CreateTopics',
  createTopicsV7.api,
  createTopicsV6.api,
  createTopicsV5.api,
  createTopicsV4.api,
);

export type NewTopic = {
  topic: string;
  /** Null takes the default of the cluster. */
  partitions: number | null;
  replicationFactor: number | null;
  configs: Readonly<Record<string, string>>;
  /** Brokers of each partition, the preferred leader first; Kafka chooses them unless they are given. */
  assignments?: readonly (readonly number[])[];
};

/** What became of one topic; with `validateOnly`, what would become of it. */
export type CreatedTopic = {
  topic: string;
  error: AppError | null;
  topicId: string | null;
  /** -1 where the version does not tell (before Kafka 2.4). */
  partitions: number;
  replicationFactor: number;
};

/** Creates topics, or only asks Kafka whether it would. Each topic succeeds or fails by itself. */
export async function createTopics(
  client: KafkaClient,
  topics: readonly NewTopic[],
  options: CallOptions & { validateOnly?: boolean } = {},
): Promise<CreatedTopic[]> {
  const validateOnly = options.validateOnly ?? false;
  const asked = topics.map((topic) => ({
    name: topic.topic,
    numPartitions: topic.partitions ?? -1,
    replicationFactor: topic.replicationFactor ?? -1,
    assignments: (topic.assignments ?? []).map((brokerIds, partitionIndex) => ({
      partitionIndex,
      brokerIds: [...brokerIds],
    })),
    configs: Object.entries(topic.configs).map(([name, value]) => ({ name, value })),
  }));
  const { value } = await mutate(client, validateOnly, () =>
    client.call(createTopicsApi, [asked, changeTimeoutMs, validateOnly], 'controller', options),
  );
  return value.topics.map((topic) => ({
    topic: topic.name,
    error:
      topic.errorCode === 0
        ? null
        : itemError(topic.errorCode, topic.errorMessage, {
            topic: topic.name,
            subject: topic.name,
            operation: `create topic ${topic.name}`,
          }),
    topicId: topic.topicId && !/^[0-]+$/.test(topic.topicId) ? topic.topicId : null,
    partitions: topic.numPartitions ?? -1,
    replicationFactor: topic.replicationFactor ?? -1,
  }));
}
