import type { Admin, ITopicConfig } from 'kafkajs';

type TopicPlan = {
  partitions: number;
  /** What the producer of this topic compresses with. */
  codec: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
  config: Readonly<Record<string, string>>;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const mebibyte = 1024 * 1024;

/** Retention by time and by size: a demo left running for a week must not fill the disk. */
const keep = (ms: number, megabytes: number, segmentMs: number) => ({
  'cleanup.policy': 'delete',
  'retention.ms': String(ms),
  'retention.bytes': String(megabytes * mebibyte),
  'segment.ms': String(segmentMs),
  'segment.bytes': String(16 * mebibyte),
});

const day = 24 * hourMs;

/** Every topic of the shop. Dead-letter topics have the partitions of their source, as Spring wants it. */
export const topicPlans = {
  'shop.orders.v1': { partitions: 6, codec: 'zstd', config: keep(7 * day, 128, day) },
  'shop.payments.v1': { partitions: 6, codec: 'lz4', config: keep(30 * day, 128, day) },
  'shop.inventory.v1': { partitions: 6, codec: 'snappy', config: keep(3 * day, 64, 6 * hourMs) },
  'shop.shipments.v1': { partitions: 6, codec: 'gzip', config: keep(7 * day, 64, day) },
  'shop.clicks.v1': { partitions: 12, codec: 'lz4', config: keep(2 * hourMs, 48, 10 * minuteMs) },
  'shop.labels.v1': { partitions: 3, codec: 'none', config: keep(day, 64, 6 * hourMs) },
  'shop.returns.v1': { partitions: 3, codec: 'none', config: keep(-1, 64, 7 * day) },
  'shop.customers.v1': {
    partitions: 3,
    codec: 'none',
    config: {
      'cleanup.policy': 'compact',
      'min.cleanable.dirty.ratio': '0.2',
      'segment.ms': String(10 * minuteMs),
      'delete.retention.ms': String(hourMs),
    },
  },
  'shop.payments.v1.DLT': { partitions: 6, codec: 'none', config: keep(14 * day, 64, day) },
  'shop.shipments.v1.DLT': { partitions: 6, codec: 'none', config: keep(14 * day, 64, day) },
} as const satisfies Record<string, TopicPlan>;

export type TopicName = keyof typeof topicPlans;

/** The topics to which the shop's producers write; dead letters come from its readers. */
export type SourceTopic = Exclude<TopicName, `${string}.DLT`>;

export const topicNames = Object.keys(topicPlans) as TopicName[];

/**
 * Makes the topics of the shop that are not there yet: three replicas with two in sync, or as many as there
 * are brokers. Leaves existing ones as they are. Gives the names of those it made.
 */
export async function createShopTopics(admin: Admin): Promise<TopicName[]> {
  const { brokers } = await admin.describeCluster();
  const replicas = Math.min(3, brokers.length);
  const existing = new Set(await admin.listTopics());
  const missing = topicNames.filter((name) => !existing.has(name));
  if (missing.length === 0) return [];
  await admin.createTopics({
    waitForLeaders: false,
    timeout: 30_000,
    topics: missing.map((name): ITopicConfig => {
      const { partitions, config } = topicPlans[name];
      const entries = { ...config, 'min.insync.replicas': String(Math.min(2, replicas)) };
      return {
        topic: name,
        numPartitions: partitions,
        replicationFactor: replicas,
        configEntries: Object.entries(entries).map(([key, value]) => ({ name: key, value })),
      };
    }),
  });
  return missing;
}
