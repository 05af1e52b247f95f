import { describe, expect, it, vi } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import { describeTopicConfigs } from '#lib/gateways/kafka/describe-configs.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { metadataOf } from '#lib/testing/metadata.ts';
import { assertCanaryTopic, canaryConfigs, readyCanaryTopic } from './canary-topic.ts';

vi.mock('#lib/gateways/kafka/create-topics.ts', { spy: true });
vi.mock('#lib/gateways/kafka/describe-configs.ts', { spy: true });
vi.mock('#lib/gateways/kafka/read-metadata.ts', { spy: true });
const { signal } = new AbortController();
const topic = 'shop.orders';
const there = metadataOf([
  { name: topic, topicId: 'id-1', partitions: [{ leader: 1, replicas: [1], isr: [1] }] },
]);
const nowhere = metadataOf([]);
const made = { topic, error: null, topicId: 'id-1', partitions: 1, replicationFactor: 1 };

const ofTopic = 1;
const ofDefaults = 5;

/** A client whose cluster answers that a topic has these configs. */
const clientOf = (configs: Record<string, string>, source: number, errorCode = 0): KafkaClient => {
  const entries = Object.entries(configs).map(([name, value]) => ({ name, value, configSource: source }));
  const resource = {
    errorCode,
    errorMessage: null,
    resourceName: 'shop.orders',
    configs: entries.map((entry) => ({ ...entry, synonyms: [] })),
  };
  return { name: 'shop', call: async () => ({ value: { results: [resource] } }) } as unknown as KafkaClient;
};

const assertOf = (configs: Record<string, string>, source = ofTopic, errorCode = 0): Promise<void> =>
  assertCanaryTopic(clientOf(configs, source, errorCode), 'shop.orders', {});

describe('a topic that exists already', () => {
  it('is a canary’s when it has the configs of one as its own', async () => {
    await expect(assertOf(canaryConfigs)).resolves.toBeUndefined();
  });

  it('is somebody else’s otherwise, and nothing is written to it', async () => {
    const foreign = { code: 'canary.foreign-topic', facts: { topic: 'shop.orders' } };
    await expect(assertOf({ ...canaryConfigs, 'retention.ms': '604800000' })).rejects.toMatchObject(foreign);
    await expect(assertOf({ 'retention.ms': '3600000' })).rejects.toMatchObject(foreign);
    await expect(assertOf({})).rejects.toMatchObject(foreign);
    // What holds for all topics of a cluster tells nothing of this one.
    await expect(assertOf(canaryConfigs, ofDefaults)).rejects.toMatchObject(foreign);
  });

  it('is nobody’s to write to while its configs may not be read', async () => {
    await expect(assertOf(canaryConfigs, ofTopic, 29)).rejects.toMatchObject({ code: 'kafka.denied' });
  });
});

describe('the topic that a canary is given', () => {
  it('is asked for its configs unless it is known, and again when it is another', async () => {
    vi.mocked(readMetadata).mockResolvedValue(there);
    const client = clientOf(canaryConfigs, ofTopic);
    vi.mocked(describeTopicConfigs).mockClear();
    expect(await readyCanaryTopic(client, topic, null, signal)).toMatchObject({ topicId: 'id-1', count: 1 });
    await readyCanaryTopic(client, topic, 'id-1', signal);
    expect(describeTopicConfigs).toHaveBeenCalledTimes(1);
    await readyCanaryTopic(client, topic, 'id-0', signal);
    expect(describeTopicConfigs).toHaveBeenCalledTimes(2);
  });

  it('is made where it is not there; who made it meanwhile may be somebody else', async () => {
    vi.mocked(readMetadata).mockResolvedValueOnce(nowhere).mockResolvedValueOnce(there);
    vi.mocked(createTopics).mockResolvedValueOnce([made]);
    await expect(readyCanaryTopic(clientOf({}, ofTopic), topic, null, signal)).resolves.toMatchObject({
      count: 1,
    });
    const error = new AppError('topic.exists', { subject: topic });
    vi.mocked(readMetadata).mockResolvedValueOnce(nowhere);
    vi.mocked(createTopics).mockResolvedValueOnce([{ ...made, error }]);
    await expect(readyCanaryTopic(clientOf({}, ofTopic), topic, null, signal)).rejects.toMatchObject({
      code: 'canary.foreign-topic',
    });
  });
});
