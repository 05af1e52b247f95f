import { z } from 'zod';
import { collectorOf } from '#lib/collector/collectors.ts';
import { kafkaOf } from '#lib/collector/connections.ts';
import { type SampledSnapshot, sampledCluster } from '#lib/collector/read-snapshot.ts';
import { topicRow } from '#lib/collector/reuse-names.ts';
import { isActiveGroup } from '#lib/collector/topic-readers.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { deleteRecords as deleteOnCluster } from '#lib/gateways/kafka/delete-records.ts';
import { describeTopicConfigs } from '#lib/gateways/kafka/describe-configs.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { ClusterId, Offset, PartitionId, TopicName } from '#lib/model/ids.ts';
import type { DeleteRecordsPlan } from '#lib/model/topic-plan.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved, digestOf } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';
import { cutPartitions, unreadBefore } from './cut-partitions.ts';

const Base = z.strictObject({ clusterId: ClusterId, topic: TopicName });
const target = (input: z.output<typeof Base>) => ({
  type: 'topic' as const,
  id: input.topic,
  clusterId: input.clusterId,
});

/** Up to where records go: all there are now, all before a time, or before an offset of one partition. */
export const DeleteUpTo = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({
    kind: z.literal('time'),
    /** Epoch ms: the first record at or after it stays. */
    timeMs: z.number('Choose a time.').int().min(0).max(8_640_000_000_000_000),
  }),
  z.strictObject({ kind: z.literal('offset'), partition: PartitionId, offset: Offset }),
]);

/**
 * What deleting records would take from each partition, and which groups have not read it yet. The new starts are
 * fixed here: records written after the plan stay, whatever happens in between.
 */
export const planDeleteRecords = definePlan({
  name: 'topic.delete-records.plan',
  permission: 'message:delete',
  input: Base.extend({ upTo: DeleteUpTo }),
  target,
  run: async (context, input): Promise<DeleteRecordsPlan> => {
    const client = await kafkaOf(input.clusterId);
    const options = { signal: context.signal };
    const metadata = await readTopic(client, input.topic, options);
    await assertDeletable(client, metadata, input.topic, context.signal);
    const [starts, ends, found, snapshot] = await Promise.all([
      readOffsets(client, metadata, 'start', options),
      readOffsets(client, metadata, 'end', options),
      input.upTo.kind === 'time'
        ? readOffsets(client, metadata, { timestampMs: input.upTo.timeMs }, options)
        : null,
      sampledCluster(input.clusterId),
    ]);
    const partitions = cutPartitions(metadata, input.upTo, {
      starts: starts.columns,
      ends: ends.columns,
      found: found?.columns ?? null,
    });
    const before = new Map(
      partitions.flatMap((cut) =>
        cut.before === null ? [] : [[cut.partition, BigInt(cut.before)] as const],
      ),
    );
    return {
      topic: input.topic,
      partitions,
      records: partitions.reduce((sum, cut) => sum + BigInt(cut.records), 0n).toString(),
      losers: losersOf(snapshot, input.topic, before),
      digest: digestOf(seen(metadata, before)),
      plannedAt: new Date().toISOString(),
    };
  },
});

/** Deletes the records before the planned offsets. It cannot be taken back. */
export const deleteRecords = defineCommand({
  name: 'topic.delete-records',
  permission: 'message:delete',
  input: Base.extend({
    /** The new start of each partition, as the plan has it. */
    before: z
      .array(z.strictObject({ partition: PartitionId, offset: Offset }))
      .min(1, 'No partition has records to delete.')
      .max(100_000),
    digest: z.string().max(64),
    /** The name of the topic, as it was typed. */
    typed: z.string().max(300),
  }),
  target,
  secrets: [],
  changesCluster: true,
  revalidate: (input) => [paths.topic(input.clusterId, input.topic)],
  run: async (context, input) => {
    if (input.typed.trim() !== input.topic)
      throw new AppError('input.invalid', {}, { fields: { typed: `Type ${input.topic} to confirm.` } });
    const client = await kafkaOf(input.clusterId);
    const metadata = await readTopic(client, input.topic, { signal: context.signal });
    await assertDeletable(client, metadata, input.topic, context.signal);
    const before = new Map(input.before.map(({ partition, offset }) => [partition, BigInt(offset)]));
    assertUnmoved(input.digest, digestOf(seen(metadata, before)), 'The topic');
    const answers = await deleteOnCluster(client, input.topic, before, { signal: context.signal });
    const failed = answers.filter(({ error }) => error !== null);
    if (failed.length === answers.length && failed[0]?.error) throw failed[0].error;
    await collectorOf(input.clusterId).refresh(['state', 'offsets']);
    return {
      partitions: answers.length - failed.length,
      failures: failed.map(({ partition, error }) => ({ partition, problem: toProblem(error) })),
    };
  },
});

/** What must be the same when the act follows: the topic itself, and the cut. */
const seen = (metadata: MetadataColumns, before: ReadonlyMap<number, bigint>) => ({
  topicId: metadata.topicIds[0] ?? '',
  before: [...before].sort(([a], [b]) => a - b),
});

/**
 * @throws AppError `topic.internal`; `topic.compacted` where the cleanup policy holds no `delete`: Kafka refuses there
 */
async function assertDeletable(
  client: KafkaClient,
  metadata: MetadataColumns,
  topic: string,
  signal: AbortSignal,
): Promise<void> {
  if (metadata.isInternal[0] === 1) throw new AppError('topic.internal', { topic });
  const [configs] = await describeTopicConfigs(client, [topic], { signal, names: ['cleanup.policy'] });
  if (configs?.error) throw configs.error;
  const policy = configs?.entries[0]?.value ?? 'delete';
  if (!policy.split(',').includes('delete')) throw new AppError('topic.compacted', { topic });
}

/** Groups whose committed offsets lie before the new starts: what they have not read is gone. */
function losersOf(
  snapshot: SampledSnapshot,
  topic: string,
  before: ReadonlyMap<number, bigint>,
): DeleteRecordsPlan['losers'] {
  const metadata = snapshot.metadata.value;
  const t = topicRow(metadata, topic);
  if (t < 0) return [];
  const from = metadata.partitionStart[t]!;
  const to = metadata.partitionStart[t + 1]!;
  const entries = new Map((snapshot.groups.value ?? []).map((group) => [group.groupId, group]));
  const losers: DeleteRecordsPlan['losers'] = [];
  for (const [groupId, group] of snapshot.groupOffsets.value ?? []) {
    let unread = 0n;
    for (let i = 0; i < group.rows.length; i++) {
      const row = group.rows[i]!;
      if (row < from || row >= to) continue;
      const cut = before.get(metadata.partition[row]!);
      const start = snapshot.starts.value?.offsets[row] ?? -1n;
      if (cut !== undefined) unread += unreadBefore(group.committed[i]!, start, cut);
    }
    if (unread > 0n)
      losers.push({ groupId, unread: unread.toString(), isActive: isActiveGroup(entries.get(groupId)) });
  }
  return losers.sort((a, b) => Number(BigInt(b.unread) - BigInt(a.unread)));
}
