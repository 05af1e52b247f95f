import { z } from 'zod';
import { kafkaOf } from '#lib/collector/connections.ts';
import { numberOrNull } from '#lib/collector/missing-parts.ts';
import { sampledCluster } from '#lib/collector/read-snapshot.ts';
import { refreshUntil } from '#lib/collector/refresh-until.ts';
import { topicRow } from '#lib/collector/reuse-names.ts';
import { topicReaders } from '#lib/collector/topic-readers.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { readCluster } from '#lib/gateways/database/clusters.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { deleteTopics as deleteOnCluster } from '#lib/gateways/kafka/delete-topics.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { DeleteTopicsPlan } from '#lib/model/topic-plan.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved, digestOf } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';

const Base = z.strictObject({
  clusterId: ClusterId,
  topics: z
    .array(TopicName)
    .min(1, 'No topic is chosen.')
    .max(200, 'At most 200 topics at once.')
    .transform((names) => [...new Set(names)].sort()),
});
type Input = z.output<typeof Base>;

const target = (input: Input) => ({
  type: 'topic' as const,
  id: input.topics.length === 1 ? input.topics[0]! : `${input.topics.length} topics`,
  clusterId: input.clusterId,
});

/** What would be lost with topics: records, bytes, and the groups that still read them. */
export const planDeleteTopics = definePlan({
  name: 'topic.delete.plan',
  permission: 'topic:delete',
  input: Base,
  target,
  run: async (context, input): Promise<DeleteTopicsPlan> => {
    const client = await kafkaOf(input.clusterId);
    const options = { signal: context.signal };
    const [snapshot, metadata, cluster] = await Promise.all([
      sampledCluster(input.clusterId),
      look(client, input, context.signal),
      readCluster(input.clusterId),
    ]);
    const [starts, ends] = await Promise.all([
      readOffsets(client, metadata, 'start', options),
      readOffsets(client, metadata, 'end', options),
    ]);
    return {
      topics: metadata.names.map((topic, t) => {
        const row = topicRow(snapshot.metadata.value, topic);
        return {
          topic,
          topicId: metadata.topicIds[t] || null,
          partitions: metadata.partitionStart[t + 1]! - metadata.partitionStart[t]!,
          records: recordsOf(metadata, t, starts.columns.offsets, ends.columns.offsets),
          sizeBytes: row < 0 ? null : numberOrNull(snapshot.topics.sizeBytes[row]!),
          recordsPerSecond: row < 0 ? null : numberOrNull(snapshot.topics.recordsPerSecond[row]!),
          readers: topicReaders(snapshot, row),
        };
      }),
      typed: typedName(input, cluster?.name ?? input.clusterId),
      digest: digestOf(idsOf(metadata)),
      plannedAt: new Date().toISOString(),
    };
  },
});

/** Deletes topics with all of their records, by topic id. It cannot be taken back. */
export const deleteTopics = defineCommand({
  name: 'topic.delete',
  permission: 'topic:delete',
  input: Base.extend({
    digest: z.string().max(64),
    /** The name of the topic, or of the cluster for several topics, as it was typed. */
    typed: z.string().max(300),
  }),
  target,
  secrets: [],
  changesCluster: true,
  revalidate: (input) => [paths.topics(input.clusterId)],
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const cluster = await readCluster(input.clusterId);
    const typed = typedName(input, cluster?.name ?? input.clusterId);
    if (input.typed.trim() !== typed)
      throw new AppError('input.invalid', {}, { fields: { typed: `Type ${typed} to confirm.` } });
    const metadata = await look(client, input, context.signal);
    assertUnmoved(input.digest, digestOf(idsOf(metadata)), 'A topic');
    const wanted = metadata.names.map((topic, t) => ({ topic, topicId: metadata.topicIds[t] || null }));
    const answers = await deleteOnCluster(client, wanted, { signal: context.signal });
    const failures: { topic: string; problem: Problem }[] = [];
    for (const { topic, error } of answers) if (error) failures.push({ topic, problem: toProblem(error) });
    const [first] = answers;
    if (failures.length === answers.length && first?.error) throw first.error;
    const gone = answers.filter(({ error }) => !error).map(({ topic }) => topic);
    await refreshUntil(input.clusterId, (now) => gone.every((topic) => topicRow(now, topic) < 0));
    return {
      deleted: gone,
      failures,
    };
  },
});

/** One topic by its own name; several by the cluster's, so that nobody types a list. */
const typedName = (input: Input, clusterName: string): string =>
  input.topics.length === 1 ? input.topics[0]! : clusterName;

/**
 * The topics as they are now.
 * @throws AppError `topic.not-found`; `topic.internal` for topics that Kafka itself works with
 */
async function look(client: KafkaClient, input: Input, signal: AbortSignal): Promise<MetadataColumns> {
  const metadata = await readMetadata(client, { signal, topics: input.topics });
  for (const topic of input.topics) {
    const row = topicRow(metadata, topic);
    if (row < 0 || metadata.partitionStart[row] === metadata.partitionStart[row + 1])
      throw new AppError('topic.not-found', { topic, cluster: input.clusterId });
    if (metadata.isInternal[row] === 1) throw new AppError('topic.internal', { topic });
  }
  return metadata;
}

const idsOf = (metadata: MetadataColumns) =>
  metadata.names.map((topic, t) => [
    topic,
    metadata.topicIds[t],
    metadata.partitionStart[t + 1]! - metadata.partitionStart[t]!,
  ]);

/** Sum of ends minus starts of one topic; null when a leader did not answer. */
function recordsOf(
  metadata: MetadataColumns,
  t: number,
  starts: BigInt64Array,
  ends: BigInt64Array,
): string | null {
  let sum = 0n;
  for (let p = metadata.partitionStart[t]!; p < metadata.partitionStart[t + 1]!; p++) {
    if (starts[p]! < 0n || ends[p]! < 0n) return null;
    sum += ends[p]! - starts[p]!;
  }
  return sum.toString();
}
