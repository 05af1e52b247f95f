import { incrementalAlterConfigsV0, incrementalAlterConfigsV1 } from '@platformatic/kafka';
import type { AppError } from '#lib/errors/app-error.ts';
import type { ConfigChanges } from '#lib/model/config.ts';
import type { CallOptions, KafkaClient, Route } from './client.ts';
import { configResourceTypes } from './describe-configs.ts';
import { mutate } from './mutate.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';

const incrementalAlterConfigsApi = libraryApi(
  'IncrementalAlterConfigs',
  incrementalAlterConfigsV1.api,
  incrementalAlterConfigsV0.api,
);

export type ConfigTarget = { kind: 'topic'; topic: string } | { kind: 'broker'; broker: number };

export type AlteredConfigs = { target: ConfigTarget; error: AppError | null };

/**
 * Changes single configs and leaves all others as they are (KIP-339). With `validateOnly` Kafka checks names, values
 * and policies and changes nothing. Targets succeed or fail one by one. Brokers are asked themselves.
 */
export async function alterConfigs(
  client: KafkaClient,
  changes: readonly { target: ConfigTarget; changes: ConfigChanges }[],
  options: CallOptions & { validateOnly?: boolean } = {},
): Promise<AlteredConfigs[]> {
  const validateOnly = options.validateOnly ?? false;
  const byRoute = Map.groupBy(changes, ({ target }) => (target.kind === 'broker' ? target.broker : -1));
  const results: AlteredConfigs[] = [];
  for (const [broker, wanted] of byRoute) {
    const route: Route = broker < 0 ? 'controller' : { broker };
    const resources = wanted.map(({ target, changes: list }) => ({
      resourceType: configResourceTypes[target.kind],
      resourceName: nameOf(target),
      configs: list.map((change) =>
        change.op === 'set'
          ? { name: change.name, configOperation: 0 as const, value: change.value }
          : { name: change.name, configOperation: 1 as const },
      ),
    }));
    const { value } = await mutate(client, validateOnly, () =>
      client.call(incrementalAlterConfigsApi, [resources, validateOnly], route, options),
    );
    for (const { target } of wanted) {
      const answer = value.responses.find(
        (one) => one.resourceName === nameOf(target) && one.resourceType === configResourceTypes[target.kind],
      );
      const code = answer?.errorCode ?? -1;
      const facts = {
        topic: nameOf(target),
        subject: `${target.kind} ${nameOf(target)}`,
        cluster: client.name,
        operation: `change the configs of ${target.kind} ${nameOf(target)}`,
      };
      results.push({ target, error: code === 0 ? null : itemError(code, answer?.errorMessage, facts) });
    }
  }
  return results;
}

const nameOf = (target: ConfigTarget): string =>
  target.kind === 'topic' ? target.topic : String(target.broker);
