import { z } from 'zod';
import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { alterConfigs } from '#lib/gateways/kafka/alter-configs.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { describeBrokerConfigs } from '#lib/gateways/kafka/describe-configs.ts';
import { ConfigChanges } from '#lib/model/config.ts';
import { BrokerId, ClusterId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved, digestOf } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';

const Base = z.strictObject({ clusterId: ClusterId, brokerId: BrokerId, changes: ConfigChanges });
type Input = z.output<typeof Base>;

const target = (input: Input) => ({
  type: 'broker' as const,
  id: String(input.brokerId),
  clusterId: input.clusterId,
});

/** The diff of a change to a broker's configs, checked by the broker without changing anything. */
export const planConfigureBroker = definePlan({
  name: 'broker.configure.plan',
  permission: 'broker:configure',
  input: Base,
  target,
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const diff = await diffOf(client, input, context.signal);
    await alter(client, input, context.signal, true);
    return { diff, digest: digestOf(diff) };
  },
});

/** Changes configs of one broker while it runs. Only keys that Kafka can change dynamically are taken (KIP-226). */
export const configureBroker = defineCommand({
  name: 'broker.configure',
  permission: 'broker:configure',
  input: Base.extend({ digest: z.string().max(64) }),
  target,
  // Values of broker configs can be passwords.
  secrets: ['changes.*.value'],
  changesCluster: true,
  revalidate: (input) => [paths.broker(input.clusterId, input.brokerId)],
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const diff = await diffOf(client, input, context.signal);
    assertUnmoved(input.digest, digestOf(diff), 'A config');
    await alter(client, input, context.signal, false);
    return { brokerId: input.brokerId, diff };
  },
});

async function alter(
  client: KafkaClient,
  input: Input,
  signal: AbortSignal,
  validateOnly: boolean,
): Promise<void> {
  const wanted = [{ target: { kind: 'broker' as const, broker: input.brokerId }, changes: input.changes }];
  const [answer] = await alterConfigs(client, wanted, { signal, validateOnly });
  if (!answer?.error) return;
  const only = input.changes.length === 1 ? input.changes[0]!.name : null;
  throw new AppError(answer.error.code, answer.error.facts, {
    cause: answer.error,
    ...(only ? { fields: { [only]: toProblem(answer.error).what } } : {}),
  });
}

async function diffOf(client: KafkaClient, input: Input, signal: AbortSignal) {
  const entries = await describeBrokerConfigs(client, input.brokerId, { signal });
  return input.changes.map((change) => {
    const entry = entries.find((one) => one.name === change.name);
    if (!entry)
      throw new AppError(
        'input.invalid',
        {},
        { fields: { [change.name]: `Broker ${input.brokerId} knows no config ${change.name}.` } },
      );
    if (entry.isReadOnly) {
      throw new AppError(
        'input.invalid',
        {},
        {
          fields: {
            [change.name]: 'This config is only read when the broker starts: change it in its file.',
          },
        },
      );
    }
    return {
      name: change.name,
      from: entry.value,
      to: change.op === 'set' ? (entry.isSensitive ? '(hidden)' : change.value) : entry.defaultValue,
      isOwn: entry.source === 'broker-dynamic',
    };
  });
}
