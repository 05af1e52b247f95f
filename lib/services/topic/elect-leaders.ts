import { z } from 'zod';
import { collectorOf } from '#lib/collector/collectors.ts';
import { kafkaOf } from '#lib/collector/connections.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { electPreferredLeaders } from '#lib/gateways/kafka/elect-leaders.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import type { ElectLeadersPlan, LeaderMove } from '#lib/model/topic-plan.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved, digestOf } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';

const Base = z.strictObject({ clusterId: ClusterId, topic: TopicName });
type Input = z.output<typeof Base>;
const target = (input: Input) => ({ type: 'topic' as const, id: input.topic, clusterId: input.clusterId });

/** Which partitions of a topic would be led by another broker after an election of preferred leaders. */
export const planElectLeaders = definePlan({
  name: 'partition.elect-leader.plan',
  permission: 'partition:elect-leader',
  input: Base,
  target,
  run: async (context, input): Promise<ElectLeadersPlan> => {
    const seen = await look(await kafkaOf(input.clusterId), input, context.signal);
    return {
      topic: input.topic,
      moves: seen.moves,
      digest: digestOf(seen),
      plannedAt: new Date().toISOString(),
    };
  },
});

/** Gives leadership back to the preferred replica of each partition where that replica is in sync (KIP-460). */
export const electLeaders = defineCommand({
  name: 'partition.elect-leader',
  permission: 'partition:elect-leader',
  input: Base.extend({ digest: z.string().max(64) }),
  target,
  secrets: [],
  changesCluster: true,
  revalidate: (input) => [paths.topic(input.clusterId, input.topic)],
  run: async (context, input) => {
    const client = await kafkaOf(input.clusterId);
    const seen = await look(client, input, context.signal);
    assertUnmoved(input.digest, digestOf(seen), 'A leader');
    const wanted = seen.moves.filter((move) => move.reason === null);
    if (wanted.length === 0) return { moved: 0, failures: [] };
    const answers = await electPreferredLeaders(
      client,
      wanted.map(({ partition }) => ({ topic: input.topic, partition })),
      { signal: context.signal },
    );
    const failed = answers.filter(({ error }) => error !== null);
    if (failed.length === wanted.length && failed[0]?.error) throw failed[0].error;
    await collectorOf(input.clusterId).refresh();
    return {
      moved: answers.filter(({ isChanged }) => isChanged).length,
      failures: failed.map(({ partition, error }) => ({ partition, problem: toProblem(error) })),
    };
  },
});

async function look(
  client: KafkaClient,
  input: Input,
  signal: AbortSignal,
): Promise<{ topicId: string; moves: LeaderMove[] }> {
  const metadata = await readTopic(client, input.topic, { signal });
  return { topicId: metadata.topicIds[0] ?? '', moves: leaderMoves(metadata) };
}

/** Partitions of a topic's metadata that another than the first of their replicas leads. */
export function leaderMoves(metadata: MetadataColumns): LeaderMove[] {
  const living = new Set(metadata.brokers.map((broker) => broker.id));
  const moves: LeaderMove[] = [];
  for (let p = 0; p < metadata.partition.length; p++) {
    const preferred = metadata.replicas[metadata.replicaStart[p]!];
    const leader = metadata.leader[p]!;
    if (preferred === undefined || preferred === leader) continue;
    const inSync = metadata.isr.subarray(metadata.isrStart[p], metadata.isrStart[p + 1]).includes(preferred);
    const reason = !living.has(preferred)
      ? `Broker ${preferred} does not answer.`
      : inSync
        ? null
        : `The replica on broker ${preferred} is not in sync.`;
    moves.push({
      partition: metadata.partition[p]!,
      from: leader < 0 ? null : leader,
      to: preferred,
      state: leader < 0 ? 'critical' : reason === null ? 'ok' : 'explained',
      reason,
    });
  }
  return moves;
}
