import { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import { describeTopicConfigs } from '#lib/gateways/kafka/describe-configs.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { log } from '#lib/log.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { type CanaryPartition, type CanaryPlan, planCanary, replicasFrom } from './canary-plan.ts';

/** Small, and gone after an hour: nobody wants to read these records later. By them a topic is known as a canary's. */
export const canaryConfigs = {
  'cleanup.policy': 'delete',
  'retention.ms': '3600000',
  'segment.ms': '3600000',
};

const topicUnknown = 3;

/** The topic of a canary as it is now, with how each broker is measured on it. */
export type CanaryTopic = CanaryPlan & { topicId: string; alive: readonly number[]; count: number };

/**
 * The topic as it is, made first where it is not there. One that is there already must have been made for a canary, which is asked
 * unless `knownId` is its id.
 * @throws AppError what keeps the topic from being read, made or used: `kafka.denied`, `cluster.read-only`, `canary.foreign-topic`, …
 */
export async function readyCanaryTopic(
  client: KafkaClient,
  topic: string,
  knownId: string | null,
  signal: AbortSignal,
): Promise<CanaryTopic> {
  // The others are not measured meanwhile: not for long.
  const options = { timeoutMs: 3_000, signal };
  let metadata = await readMetadata(client, { topics: [topic], ...options });
  const alive = metadata.brokers.map(({ id }) => id);
  const isThere = metadata.names[0] === topic && metadata.topicError[0] !== topicUnknown;
  const isMade = !isThere && (await make(client, topic, alive, signal));
  if (!isMade && (!isThere || metadata.topicIds[0] !== knownId))
    await assertCanaryTopic(client, topic, options);
  if (!isThere) metadata = await readMetadata(client, { topics: [topic], ...options });
  const partitions = partitionsOf(metadata, topic);
  const plan = planCanary(partitions, alive);
  return { ...plan, topicId: metadata.topicIds[0] ?? '', alive, count: partitions.length };
}

/** @returns false where somebody else made it meanwhile */
async function make(
  client: KafkaClient,
  topic: string,
  alive: readonly number[],
  signal: AbortSignal,
): Promise<boolean> {
  const assignments = [...alive].sort((a, b) => a - b).map((broker) => replicasFrom(broker, alive));
  const wanted = { topic, partitions: null, replicationFactor: null, configs: canaryConfigs, assignments };
  const [created] = await createTopics(client, [wanted], { signal });
  if (created?.error?.code === 'topic.exists') return false;
  if (created?.error) throw created.error;
  log.info('canary.topic-created', { cluster: client.name, topic, partitions: assignments.length });
  return true;
}

/**
 * Asserts that a topic was made for a canary: it has the configs of one as its own. Records of a canary in anybody else's topic would
 * reach those who read it.
 * @throws AppError `canary.foreign-topic`, or why its configs cannot be read
 */
export async function assertCanaryTopic(
  client: KafkaClient,
  topic: string,
  options: CallOptions,
): Promise<void> {
  const names = Object.keys(canaryConfigs);
  const [found] = await describeTopicConfigs(client, [topic], { ...options, names });
  if (found?.error) throw found.error;
  const own = new Map(
    found?.entries.filter(({ source }) => source === 'topic').map(({ name, value }) => [name, value]),
  );
  if (Object.entries(canaryConfigs).some(([name, value]) => own.get(name) !== value))
    throw new AppError('canary.foreign-topic', { topic });
}

function partitionsOf(metadata: MetadataColumns, topic: string): CanaryPartition[] {
  if (metadata.names[0] !== topic) return [];
  return Array.from(metadata.partition, (partition, row) => ({
    partition,
    leader: metadata.leader[row]!,
    replicas: [...metadata.replicas.subarray(metadata.replicaStart[row]!, metadata.replicaStart[row + 1]!)],
  }));
}
