import type { AppError } from '#lib/errors/app-error.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { createPartitions } from '#lib/gateways/kafka/create-partitions.ts';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import { electPreferredLeaders } from '#lib/gateways/kafka/elect-leaders.ts';
import { asAppError } from '#lib/gateways/kafka/list-offsets.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { log } from '#lib/log.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { type CanaryPartition, type CanaryPlan, planCanary, replicasFrom } from './canary-plan.ts';

/** Small, and gone after an hour: nobody wants to read these records later. */
const configs = { 'cleanup.policy': 'delete', 'retention.ms': '3600000', 'segment.ms': '3600000' };

const topicUnknown = 3;

/** The topic of a canary as it is now, with how each broker is measured on it. */
export type CanaryTopic = CanaryPlan & { topicId: string; alive: readonly number[] };

/**
 * The topic as it is, made first where it is not there. Partitions are added for brokers that have none, and the leadership of its own
 * partitions is given back to brokers that lost it, where that succeeds.
 * @throws AppError what keeps the topic from being read or made: `kafka.denied`, `cluster.read-only`, …
 */
export async function readyCanaryTopic(
  client: KafkaClient,
  topic: string,
  signal: AbortSignal,
): Promise<CanaryTopic> {
  // The others are not measured meanwhile: not for long.
  const options = { timeoutMs: 3_000, signal };
  let metadata = await readMetadata(client, { topics: [topic], ...options });
  const alive = metadata.brokers.map(({ id }) => id);
  if (metadata.names[0] !== topic || metadata.topicError[0] === topicUnknown) {
    const assignments = [...alive].sort((a, b) => a - b).map((broker) => replicasFrom(broker, alive));
    const wanted = { topic, partitions: null, replicationFactor: null, configs, assignments };
    const [created] = await createTopics(client, [wanted], { signal });
    if (created?.error && created.error.code !== 'topic.exists') throw created.error;
    log.info('canary.topic-created', { cluster: client.name, topic, partitions: assignments.length });
    metadata = await readMetadata(client, { topics: [topic], ...options });
  }
  const partitions = partitionsOf(metadata, topic);
  const plan = planCanary(partitions, alive);
  if (partitions.length > 0) await repair(client, topic, partitions.length, plan, signal);
  return { ...plan, topicId: metadata.topicIds[0] ?? '', alive };
}

function partitionsOf(metadata: MetadataColumns, topic: string): CanaryPartition[] {
  if (metadata.names[0] !== topic) return [];
  return Array.from(metadata.partition, (partition, row) => ({
    partition,
    leader: metadata.leader[row]!,
    replicas: [...metadata.replicas.subarray(metadata.replicaStart[row]!, metadata.replicaStart[row + 1]!)],
  }));
}

/** What can be done about brokers that lead none. That it fails costs those brokers their numbers, not the others theirs. */
async function repair(
  client: KafkaClient,
  topic: string,
  count: number,
  { missing, displaced }: CanaryPlan,
  signal: AbortSignal,
): Promise<void> {
  const tell = (error: AppError) =>
    log.warn('canary.not-repaired', { cluster: client.name, topic, code: error.code });
  try {
    if (missing.length > 0) {
      const asked = { topic, total: count + missing.length, added: missing };
      const [result] = await createPartitions(client, [asked], { signal });
      if (result?.error) tell(result.error);
    }
    if (displaced.length > 0) {
      const asked = displaced.map(({ partition }) => ({ topic, partition }));
      for (const { error } of await electPreferredLeaders(client, asked, { signal })) if (error) tell(error);
    }
  } catch (error) {
    signal.throwIfAborted();
    tell(asAppError(error));
  }
}
