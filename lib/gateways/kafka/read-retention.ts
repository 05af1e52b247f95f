import type { TopicRetention } from '#lib/model/topic-retention.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { configResourceTypes, describeConfigsApi } from './describe-configs.ts';
import { Pacer } from './wire/pacer.ts';

const topicsPerRequest = 500;
const keys = ['cleanup.policy', 'retention.ms', 'retention.bytes'];

/** What deletes the records of each topic; null for one that may not be described. */
export async function readRetention(
  client: KafkaClient,
  topics: readonly string[],
  options: CallOptions = {},
): Promise<Map<string, TopicRetention | null>> {
  const found = new Map<string, TopicRetention | null>();
  const pacer = new Pacer();
  for (let from = 0; from < topics.length; from += topicsPerRequest) {
    const asked = topics.slice(from, from + topicsPerRequest).map((resourceName) => ({
      resourceType: configResourceTypes.topic,
      resourceName,
      configurationKeys: keys,
    }));
    const { value } = await client.call(describeConfigsApi, [asked, false, false], 'any', options);
    for (const result of value.results) {
      const of = (key: string) => result.configs.find((config) => config.name === key)?.value ?? null;
      const [policy, ms, bytes] = keys.map(of);
      found.set(
        result.resourceName,
        result.errorCode !== 0 || !policy
          ? null
          : {
              deletes: policy.split(',').some((part) => part.trim() === 'delete'),
              retentionMs: Number(ms ?? -1),
              retentionBytes: Number(bytes ?? -1),
            },
      );
    }
    if (pacer.due()) await pacer.turn();
  }
  return found;
}
