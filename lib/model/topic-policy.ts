import type { Environment } from './cluster.ts';

/** More partitions than this in one topic are hardly ever meant, and cost every broker memory and file handles. */
export const maxPartitionsPerTopic = 1_000;

type Wanted = {
  topic: string;
  partitions: number;
  replicationFactor: number;
  configs: Readonly<Record<string, string>>;
};
type Facts = { environment: Environment; brokers: number; names: readonly string[] };

/**
 * What speaks against making a topic, by field. Kafka itself checks the rest; this says what it would not say,
 * or would say too late: names whose metrics collide (KAFKA-13743), redundancy below what production needs.
 */
export function checkTopicPolicy(wanted: Wanted, facts: Facts): Record<string, string> {
  const problems: Record<string, string> = {};
  if (facts.names.includes(wanted.topic)) problems.topic = 'A topic of this name exists already.';
  const collision = facts.names.find(
    (name) => name !== wanted.topic && metricName(name) === metricName(wanted.topic),
  );
  if (collision && !problems.topic)
    problems.topic = `It would share metric names with ${collision}, because Kafka does not tell dots from underscores there.`;
  if (wanted.partitions > maxPartitionsPerTopic)
    problems.partitions = `At most ${maxPartitionsPerTopic.toLocaleString('en-US')} partitions.`;
  if (wanted.replicationFactor > facts.brokers) {
    problems.replicationFactor = `${facts.brokers} ${facts.brokers === 1 ? 'broker answers' : 'brokers answer'}: there is no place for ${wanted.replicationFactor} replicas.`;
  }
  const least = facts.environment === 'production' ? Math.min(3, facts.brokers) : 1;
  if (wanted.replicationFactor < least) {
    problems.replicationFactor = `Production policy asks for ${least}. One lost broker would take this topic offline.`;
  }
  const minIsr = Number(wanted.configs['min.insync.replicas'] ?? '1');
  if (minIsr > wanted.replicationFactor) {
    problems['configs.min.insync.replicas'] =
      `More than the ${wanted.replicationFactor} replicas: every write with acks=all would be refused.`;
  }
  return problems;
}

const metricName = (name: string): string => name.replaceAll('.', '_');
