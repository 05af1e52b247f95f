import type { SampledSnapshot } from '#lib/collector/read-snapshot.ts';
import { rollUpTopics } from '#lib/collector/roll-up.ts';
import { emptySnapshot, type Part } from '#lib/collector/snapshot.ts';
import { metadataOf, type TopicSketch } from './metadata.ts';

/** A part that was read at `at`. */
export const partOf = <T>(value: T, at = 1_000): Part<T> => ({ value, at, problem: null, failures: [] });

/** The picture of a small cluster as a sample would leave it. Brokers that hold replicas and are not alive are down. */
export function snapshotOfTopics(
  topics: TopicSketch[],
  options: { alive?: number[]; minIsr?: Record<string, number>; downSince?: number } = {},
): SampledSnapshot {
  const alive = options.alive ?? [1, 2, 3];
  const metadata = metadataOf(topics, alive);
  const down = new Map(
    [...new Set(metadata.replicas)]
      .filter((id) => !alive.includes(id))
      .map((id) => [
        id,
        { since: options.downSince ?? 500, host: `broker-${id}`, port: 9092, rack: `rack-${id}` },
      ]),
  );
  const minIsr = new Map(Object.entries(options.minIsr ?? {}));
  const rolled = rollUpTopics(metadata, minIsr, (broker) => down.has(broker));
  return {
    ...emptySnapshot('test'),
    seq: 1,
    sampledAt: 1_000,
    metadata: { ...partOf(metadata), value: metadata },
    minIsr: partOf(minIsr),
    brokersDown: down,
    ...rolled,
  };
}

/** A topic of partitions that are all led by the first of `replicas` and in sync on `isr`. */
export const topicOf = (
  name: string,
  partitions: number,
  replicas = [1, 2, 3],
  isr = replicas,
): TopicSketch => ({
  name,
  partitions: Array.from({ length: partitions }, () => ({ leader: isr[0] ?? -1, replicas, isr })),
});
