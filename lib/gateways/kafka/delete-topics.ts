import {
  deleteTopicsV1,
  deleteTopicsV2,
  deleteTopicsV3,
  deleteTopicsV4,
  deleteTopicsV5,
  deleteTopicsV6,
} from '@platformatic/kafka';
import { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { changeTimeoutMs, mutate } from './mutate.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';

const deleteTopicsApi = libraryApi(
  'DeleteTopics',
  deleteTopicsV6.api,
  deleteTopicsV5.api,
  deleteTopicsV4.api,
  deleteTopicsV3.api,
  deleteTopicsV2.api,
  deleteTopicsV1.api,
);

/**
 * Deletes topics. A topic given with its id is deleted by id where the cluster can (Kafka 2.8), so that one that was
 * recreated meanwhile under the same name survives.
 */
export async function deleteTopics(
  client: KafkaClient,
  topics: readonly { topic: string; topicId?: string | null }[],
  options: CallOptions = {},
): Promise<{ topic: string; error: AppError | null }[]> {
  const { value } = await mutate(client, false, () =>
    client.call(
      deleteTopicsApi,
      (version): [topics: { name: string | null; topicId: string | null }[], timeoutMs: number] => [
        topics.map(({ topic, topicId }) =>
          version >= 6 && topicId ? { name: null, topicId } : { name: topic, topicId: null },
        ),
        changeTimeoutMs,
      ],
      'controller',
      options,
    ),
  );
  return topics.map(({ topic, topicId }) => {
    const answer = value.responses.find((one) => (topicId && one.topicId === topicId) || one.name === topic);
    const code = answer?.errorCode ?? -1;
    if (code === 0) return { topic, error: null };
    if (code === 100) return { topic, error: new AppError('topic.recreated', { topic }) };
    const facts = { topic, subject: topic, cluster: client.name, operation: `delete topic ${topic}` };
    return { topic, error: itemError(code, answer?.errorMessage, facts) };
  });
}
