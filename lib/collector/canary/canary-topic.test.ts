import { describe, expect, it } from 'vitest';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { assertCanaryTopic, canaryConfigs } from './canary-topic.ts';

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
