import { z } from 'zod';
import { collectorOf } from '#lib/collector/collectors.ts';
import { kafkaOf } from '#lib/collector/connections.ts';
import { sampledCluster } from '#lib/collector/read-snapshot.ts';
import { refreshUntil } from '#lib/collector/refresh-until.ts';
import { topicRow } from '#lib/collector/reuse-names.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { readCluster } from '#lib/gateways/database/clusters.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import { ClusterId, NewTopicName } from '#lib/model/ids.ts';
import { checkTopicPolicy } from '#lib/model/topic-policy.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { paths } from '#lib/paths.ts';

const Count = (noun: string) =>
  z.coerce
    .number()
    .int(`${noun} must be a whole number.`)
    .min(1, `At least 1 ${noun.toLowerCase()}.`)
    .max(32_767);

export const CreateTopicInput = z.strictObject({
  clusterId: ClusterId,
  topic: NewTopicName,
  partitions: Count('Partitions'),
  replicationFactor: Count('Replicas'),
  /** Only what shall differ from the defaults of the cluster. */
  configs: z
    .record(
      z.string().regex(/^[a-z0-9._-]{1,120}$/, 'This is not the name of a config.'),
      z.string().max(20_000),
    )
    .default({}),
});
type Input = z.output<typeof CreateTopicInput>;

const target = (input: Input) => ({ type: 'topic' as const, id: input.topic, clusterId: input.clusterId });

/** Whether Kafka and the policy would accept the topic, without making it. */
export const planCreateTopic = definePlan({
  name: 'topic.create.plan',
  permission: 'topic:create',
  input: CreateTopicInput,
  target,
  run: async (context, input) => {
    await check(await kafkaOf(input.clusterId), input, context.signal);
    return {
      topic: input.topic,
      partitions: input.partitions,
      replicas: input.partitions * input.replicationFactor,
    };
  },
});

/** Makes a topic, after the policy and Kafka itself have said that they would accept it. */
export const createTopic = defineCommand({
  name: 'topic.create',
  permission: 'topic:create',
  input: CreateTopicInput,
  target,
  secrets: [],
  changesCluster: true,
  revalidate: (input) => [paths.topics(input.clusterId)],
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    await check(client, input, context.signal);
    const [created] = await createTopics(client, [input], { signal: context.signal });
    if (created?.error) throw created.error;
    await refreshUntil(input.clusterId, (metadata) => topicRow(metadata, input.topic) >= 0);
    return { topic: input.topic, topicId: created?.topicId ?? null, partitions: input.partitions };
  },
});

async function check(client: KafkaClient, input: Input, signal: AbortSignal): Promise<void> {
  let problems = await policyProblems(input);
  // A name may have become free since the newest picture was taken.
  if (problems.topic) {
    await collectorOf(input.clusterId).refresh(['state']);
    problems = await policyProblems(input);
  }
  if (Object.keys(problems).length > 0) throw new AppError('input.invalid', {}, { fields: problems });
  const [answer] = await createTopics(client, [input], { signal, validateOnly: true });
  if (answer?.error) throw answer.error;
}

async function policyProblems(input: Input): Promise<Record<string, string>> {
  const [snapshot, cluster] = await Promise.all([
    sampledCluster(input.clusterId),
    readCluster(input.clusterId),
  ]);
  return checkTopicPolicy(input, {
    environment: cluster?.environment ?? 'production',
    brokers: snapshot.metadata.value.brokers.length,
    names: snapshot.metadata.value.names,
  });
}
