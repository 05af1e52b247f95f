import type { AppError } from '#lib/errors/app-error.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { createPartitions } from '#lib/gateways/kafka/create-partitions.ts';
import { electPreferredLeaders } from '#lib/gateways/kafka/elect-leaders.ts';
import { asAppError } from '#lib/gateways/kafka/list-offsets.ts';
import type { CanaryPlan } from './canary-plan.ts';
import type { CanaryTopic } from './canary-topic.ts';

/** What came of helping a broker that leads none; null where it worked. */
export type Repair = { broker: number; error: AppError | null };

/** What can be done about brokers that lead none: partitions for those that have none, leadership for those that lost it. */
export async function repairCanaryTopic(
  client: KafkaClient,
  topic: string,
  { count, missing, displaced }: Pick<CanaryPlan, 'missing' | 'displaced'> & Pick<CanaryTopic, 'count'>,
  signal: AbortSignal,
): Promise<Repair[]> {
  const grown = await attempt(missing.map(ledBy), signal, async () => {
    const asked = { topic, total: count + missing.length, added: missing };
    const [result] = await createPartitions(client, [asked], { signal });
    return missing.map((replicas) => ({ broker: ledBy(replicas), error: result?.error ?? null }));
  });
  const elected = await attempt(
    displaced.map(({ broker }) => broker),
    signal,
    async () => {
      const asked = displaced.map(({ partition }) => ({ topic, partition }));
      const elections = await electPreferredLeaders(client, asked, { signal });
      return displaced.map(({ broker, partition }) => ({
        broker,
        error: elections.find((one) => one.partition === partition)?.error ?? null,
      }));
    },
  );
  return [...grown, ...elected];
}

/** Which broker new replicas are for. */
export const ledBy = (replicas: readonly number[]): number => replicas[0]!;

/** That one of the two fails keeps the other from nothing. */
async function attempt(
  brokers: readonly number[],
  signal: AbortSignal,
  run: () => Promise<Repair[]>,
): Promise<Repair[]> {
  if (brokers.length === 0) return [];
  try {
    return await run();
  } catch (error) {
    signal.throwIfAborted();
    return brokers.map((broker) => ({ broker, error: asAppError(error) }));
  }
}
