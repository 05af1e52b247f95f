import { z } from 'zod';
import { kafkaOf } from '#lib/collector/connections.ts';
import { refreshUntil } from '#lib/collector/refresh-until.ts';
import { topicRow } from '#lib/collector/reuse-names.ts';
import { AppError } from '#lib/errors/app-error.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { createPartitions } from '#lib/gateways/kafka/create-partitions.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import { maxPartitionsPerTopic } from '#lib/model/topic-policy.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved, digestOf } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';

const Base = z.strictObject({
  clusterId: ClusterId,
  topic: TopicName,
  /** How many there shall be in all. */
  total: z.coerce
    .number()
    .int('Partitions must be a whole number.')
    .min(2)
    .max(maxPartitionsPerTopic, `At most ${maxPartitionsPerTopic} partitions.`),
});
type Input = z.output<typeof Base>;
const target = (input: Input) => ({ type: 'topic' as const, id: input.topic, clusterId: input.clusterId });

/** What more partitions would mean: keys map elsewhere, so that order by key holds only from then on. */
export const planAddPartitions = definePlan({
  name: 'topic.add-partitions.plan',
  permission: 'topic:add-partitions',
  input: Base,
  target,
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const seen = await look(client, input, context.signal);
    const [answer] = await createPartitions(client, [input], { signal: context.signal, validateOnly: true });
    if (answer?.error) throw answer.error;
    return {
      from: seen.count,
      to: input.total,
      /** Share of keys that the default partitioner (hash modulo partitions) sends to another partition than before. */
      movedKeys: movedShare(seen.count, input.total),
      digest: digestOf(seen),
    };
  },
});

/** Raises the number of partitions of a topic. It cannot be taken back. */
export const addPartitions = defineCommand({
  name: 'topic.add-partitions',
  permission: 'topic:add-partitions',
  input: Base.extend({ digest: z.string().max(64) }),
  target,
  secrets: [],
  changesCluster: true,
  revalidate: (input) => [paths.topic(input.clusterId, input.topic)],
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    assertUnmoved(
      input.digest,
      digestOf(await look(client, input, context.signal)),
      'The number of partitions',
    );
    const [answer] = await createPartitions(client, [input], { signal: context.signal });
    if (answer?.error) throw answer.error;
    await refreshUntil(input.clusterId, (metadata) => {
      const row = topicRow(metadata, input.topic);
      return row >= 0 && metadata.partitionStart[row + 1]! - metadata.partitionStart[row]! >= input.total;
    });
    return { topic: input.topic, partitions: input.total };
  },
});

async function look(
  client: KafkaClient,
  input: Input,
  signal: AbortSignal,
): Promise<{ topicId: string; count: number }> {
  const metadata = await readTopic(client, input.topic, { signal });
  const count = metadata.partition.length;
  if (input.total <= count) {
    throw new AppError(
      'input.invalid',
      {},
      {
        fields: {
          total: `There are ${count} partitions; Kafka cannot take any away. Choose more than ${count}.`,
        },
      },
    );
  }
  return { topicId: metadata.topicIds[0] ?? '', count };
}

/**
 * Share of hashes h with h mod `from` ≠ h mod `to`, which is exact over one common period of the two.
 */
export function movedShare(from: number, to: number): number {
  const period = (from / gcd(from, to)) * to;
  let kept = 0;
  // Between two multiples of either number the two remainders keep their difference.
  for (let at = 0; at < period; ) {
    const next = Math.min((Math.floor(at / from) + 1) * from, (Math.floor(at / to) + 1) * to, period);
    if (at % from === at % to) kept += next - at;
    at = next;
  }
  return 1 - kept / period;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
