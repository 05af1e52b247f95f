import { z } from 'zod';
import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { alterConfigs } from '#lib/gateways/kafka/alter-configs.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { describeTopicConfigs } from '#lib/gateways/kafka/describe-configs.ts';
import { ConfigChanges } from '#lib/model/config.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved, digestOf } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';

const Base = z.strictObject({
  clusterId: ClusterId,
  topics: z.array(TopicName).min(1, 'No topic is chosen.').max(200),
  changes: ConfigChanges,
});
type Input = z.output<typeof Base>;

/** One line of the diff: what one config of one topic is and would be. */
export type ConfigDiff = {
  topic: string;
  name: string;
  from: string | null;
  to: string | null;
  isOwn: boolean;
};

const target = (input: Input) => ({
  type: 'topic' as const,
  id: input.topics.length === 1 ? input.topics[0]! : `${input.topics.length} topics`,
  clusterId: input.clusterId,
});

/** The diff of a change to configs of one or more topics, checked by Kafka without changing anything. */
export const planConfigureTopics = definePlan({
  name: 'topic.configure.plan',
  permission: 'topic:configure',
  input: Base,
  target,
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const diff = await diffOf(client, input, context.signal);
    throwFirst(await alter(client, input, context.signal, true), input);
    return { diff, digest: digestOf(diff) };
  },
});

/** Changes configs of topics one by one key, leaving all others as they are (KIP-339). */
export const configureTopics = defineCommand({
  name: 'topic.configure',
  permission: 'topic:configure',
  input: Base.extend({ digest: z.string().max(64) }),
  target,
  secrets: [],
  changesCluster: true,
  revalidate: (input) => input.topics.slice(0, 10).map((topic) => paths.topic(input.clusterId, topic)),
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const diff = await diffOf(client, input, context.signal);
    assertUnmoved(input.digest, digestOf(diff), 'A config');
    const failures = await alter(client, input, context.signal, false);
    if (failures.length === input.topics.length) throwFirst(failures, input);
    return {
      changed: input.topics.length - failures.length,
      failures: failures.map(({ topic, error }) => ({ topic, problem: toProblem(error) })),
      diff,
    };
  },
});

type Failed = { topic: string; error: AppError };

async function alter(
  client: KafkaClient,
  input: Input,
  signal: AbortSignal,
  validateOnly: boolean,
): Promise<Failed[]> {
  const wanted = input.topics.map((topic) => ({
    target: { kind: 'topic' as const, topic },
    changes: input.changes,
  }));
  const answers = await alterConfigs(client, wanted, { signal, validateOnly });
  return answers.flatMap(({ target: done, error }) =>
    error && done.kind === 'topic' ? [{ topic: done.topic, error }] : [],
  );
}

/** A refusal of Kafka names the field it is about where the message holds the key. */
function throwFirst(failures: Failed[], input: Input): void {
  const first = failures[0];
  if (!first) return;
  const message = String(first.error.facts.message ?? first.error.facts.reason ?? '');
  const key =
    input.changes.find((change) => message.includes(change.name))?.name ??
    (input.changes.length === 1 ? input.changes[0]!.name : null);
  throw new AppError(first.error.code, first.error.facts, {
    cause: first.error,
    fields: key ? { [key]: toProblem(first.error).what } : undefined,
  });
}

async function diffOf(client: KafkaClient, input: Input, signal: AbortSignal): Promise<ConfigDiff[]> {
  const names = input.changes.map((change) => change.name);
  const described = await describeTopicConfigs(client, input.topics, { signal, names });
  const diff: ConfigDiff[] = [];
  for (const topic of input.topics) {
    const found = described.find((one) => one.topic === topic);
    if (!found) throw new AppError('topic.not-found', { topic, cluster: input.clusterId });
    if (found.error) throw found.error;
    for (const change of input.changes) {
      const entry = found.entries.find((one) => one.name === change.name);
      if (!entry)
        throw new AppError(
          'input.invalid',
          {},
          { fields: { [change.name]: `Kafka knows no topic config ${change.name}.` } },
        );
      if (entry.isReadOnly)
        throw new AppError('input.invalid', {}, { fields: { [change.name]: 'This config is read-only.' } });
      diff.push({
        topic,
        name: change.name,
        from: entry.value,
        to: change.op === 'set' ? change.value : entry.defaultValue,
        isOwn: entry.source === 'topic',
      });
    }
  }
  return diff;
}
