import {
  describeConfigsV1,
  describeConfigsV2,
  describeConfigsV3,
  describeConfigsV4,
} from '@platformatic/kafka';
import type { AppError } from '#lib/errors/app-error.ts';
import type { ConfigEntry } from '#lib/model/config.ts';
import type { CallOptions, KafkaClient, Route } from './client.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';
import { badFrame } from './wire/flat-reader.ts';

export const describeConfigsApi = libraryApi(
  'DescribeConfigs',
  describeConfigsV4.api,
  describeConfigsV3.api,
  describeConfigsV2.api,
  describeConfigsV1.api,
);

export const configResourceTypes = { topic: 2, broker: 4 } as const;

const sources: Readonly<Record<number, ConfigEntry['source']>> = {
  1: 'topic',
  2: 'broker-dynamic',
  3: 'broker-default-dynamic',
  4: 'broker-static',
  5: 'default',
  6: 'broker-dynamic',
  8: 'group',
};
const types = ['unknown', 'boolean', 'string', 'int', 'short', 'long', 'double', 'list', 'class', 'password'];

/** The configs of one topic, or why they could not be read. */
export type TopicConfigs = { topic: string; entries: ConfigEntry[]; error: AppError | null };

/** All configs of topics with documentation, source and what would hold without the own value. */
export async function describeTopicConfigs(
  client: KafkaClient,
  topics: readonly string[],
  options: CallOptions & { names?: readonly string[] } = {},
): Promise<TopicConfigs[]> {
  const results = await describeResources(client, 'topic', topics, 'any', options);
  return results.map(({ name, entries, error }) => ({ topic: name, entries, error }));
}

/**
 * All configs of one broker, asked of that broker: only it knows its static file.
 * @throws AppError when it does not answer or refuses.
 */
export async function describeBrokerConfigs(
  client: KafkaClient,
  broker: number,
  options: CallOptions = {},
): Promise<ConfigEntry[]> {
  const [result] = await describeResources(client, 'broker', [String(broker)], { broker }, options);
  if (!result) throw badFrame('it tells no configs');
  if (result.error) throw result.error;
  return result.entries;
}

async function describeResources(
  client: KafkaClient,
  type: keyof typeof configResourceTypes,
  resources: readonly string[],
  route: Route,
  options: CallOptions & { names?: readonly string[] },
) {
  const asked = resources.map((resourceName) => ({
    resourceType: configResourceTypes[type],
    resourceName,
    configurationKeys: options.names ? [...options.names] : null,
  }));
  const { value } = await client.call(describeConfigsApi, [asked, true, true], route, options);
  return value.results.map((result) => ({
    name: result.resourceName,
    error:
      result.errorCode === 0
        ? null
        : itemError(result.errorCode, result.errorMessage, {
            topic: result.resourceName,
            cluster: client.name,
            operation: `read the configs of ${type} ${result.resourceName}`,
          }),
    entries: result.configs.map((config): ConfigEntry => {
      const source = sources[config.configSource] ?? 'unknown';
      // Synonyms come in the order in which Kafka looks: the first that is not the resource's own would hold next.
      const own = type === 'topic' ? 1 : 2;
      const next = config.synonyms.find((synonym) => synonym.source !== own);
      return {
        name: config.name,
        value: config.isSensitive ? null : (config.value ?? null),
        source,
        defaultValue: config.isSensitive
          ? null
          : (next?.value ?? (source === 'default' ? (config.value ?? null) : null)),
        type: types[config.configType ?? 0] ?? 'unknown',
        documentation: config.documentation ?? null,
        isReadOnly: config.readOnly,
        isSensitive: config.isSensitive,
      };
    }),
  }));
}
