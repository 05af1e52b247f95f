import { collectorOf } from '#lib/collector/collectors.ts';
import { kafkaOf } from '#lib/collector/connections.ts';
import { iso, missingParts, numberOrNull } from '#lib/collector/missing-parts.ts';
import { type SampledSnapshot, sampledCluster } from '#lib/collector/read-snapshot.ts';
import { topicRow } from '#lib/collector/reuse-names.ts';
import { topicGroups } from '#lib/collector/topic-groups.ts';
import { AppError } from '#lib/errors/app-error.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { describeTopicConfigs } from '#lib/gateways/kafka/describe-configs.ts';
import type { ConfigEntry } from '#lib/model/config.ts';
import { TopicDetail, TopicInput } from '#lib/model/topic.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { readLiveTopic } from './live-topic.ts';
import { brokersOfTopic, viewPartitions } from './view-partitions.ts';
import { topicRowOf } from './view-topics.ts';

/** One topic: its partitions read live, with sizes and rates of the newest picture. */
export const readTopic = defineQuery({
  name: 'topic.read',
  summary: 'One topic with its partitions, replicas and offsets.',
  path: '/clusters/[clusterId]/topics/[topic]',
  permission: 'topic:read',
  input: TopicInput,
  output: TopicDetail,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  run: async (context, input) => {
    const snapshot = await freshSnapshot(input.clusterId, input.topic);
    const row = topicRow(snapshot.metadata.value, input.topic);
    const client = await kafkaOf(input.clusterId);
    const [live, configs] = await Promise.all([
      readLiveTopic(client, snapshot, row, context.signal),
      configsOf(client, input.topic, context.signal),
    ]);
    const summary = topicRowOf(snapshot, row, []);
    const minIsr =
      numberIn(configs, 'min.insync.replicas') ?? snapshot.minIsr.value?.get(input.topic) ?? null;
    return {
      name: input.topic,
      topicId: snapshot.metadata.value.topicIds[row] || null,
      isInternal: summary.isInternal,
      state: summary.state,
      partitions: viewPartitions(snapshot, row, live, minIsr),
      replicationFactor: summary.replicationFactor,
      minInSyncReplicas: minIsr,
      cleanupPolicy: valueIn(configs, 'cleanup.policy'),
      retentionMs: valueIn(configs, 'retention.ms'),
      configsSet: configs?.filter((entry) => entry.source === 'topic').length ?? null,
      recordsPerSecond: summary.recordsPerSecond,
      bytesPerSecond: summary.bytesPerSecond,
      sizeBytes: numberOrNull(snapshot.topics.sizeBytes[row]!),
      groups: topicGroups(snapshot)?.count[row] ?? null,
      brokers: brokersOfTopic(snapshot, row),
      asOf: iso(live.at),
      missing: [...missingParts(snapshot, ['sizes']), ...live.missing],
    };
  },
});

/** The newest picture, taken anew when the topic is not in it: it may have been made a moment ago. */
async function freshSnapshot(clusterId: string, topic: string): Promise<SampledSnapshot> {
  const snapshot = await sampledCluster(clusterId);
  if (topicRow(snapshot.metadata.value, topic) >= 0) return snapshot;
  await collectorOf(clusterId).refresh();
  const fresh = await sampledCluster(clusterId);
  if (topicRow(fresh.metadata.value, topic) < 0)
    throw new AppError('topic.not-found', { topic, cluster: clusterId });
  return fresh;
}

/** The configs of the topic; null when they cannot be read now or may not be. They only add to the page. */
async function configsOf(
  client: KafkaClient,
  topic: string,
  signal: AbortSignal,
): Promise<ConfigEntry[] | null> {
  try {
    const [found] = await describeTopicConfigs(client, [topic], { signal, timeoutMs: 1_000 });
    return found && !found.error ? found.entries : null;
  } catch {
    return null;
  }
}

const valueIn = (configs: ConfigEntry[] | null, name: string): string | null =>
  configs?.find((entry) => entry.name === name)?.value ?? null;

function numberIn(configs: ConfigEntry[] | null, name: string): number | null {
  const value = valueIn(configs, name);
  return value === null ? null : Number(value);
}
