import type { CallOptions, KafkaClient } from './client.ts';
import { configResourceTypes, describeConfigsApi } from './describe-configs.ts';
import { Pacer } from './wire/pacer.ts';

const topicsPerRequest = 500;
const key = 'min.insync.replicas';

/**
 * How many replicas each topic demands in sync before it takes a write with acks=all. Topics that may not be
 * described are missing in the answer.
 */
export async function readMinInSyncReplicas(
  client: KafkaClient,
  topics: readonly string[],
  options: CallOptions = {},
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const pacer = new Pacer();
  for (let from = 0; from < topics.length; from += topicsPerRequest) {
    const asked = topics.slice(from, from + topicsPerRequest).map((resourceName) => ({
      resourceType: configResourceTypes.topic,
      resourceName,
      configurationKeys: [key],
    }));
    const { value } = await client.call(describeConfigsApi, [asked, false, false], 'any', options);
    for (const result of value.results) {
      const text =
        result.errorCode === 0 ? result.configs.find((config) => config.name === key)?.value : null;
      if (text !== null && text !== undefined) found.set(result.resourceName, Number(text));
    }
    if (pacer.due()) await pacer.turn();
  }
  return found;
}
