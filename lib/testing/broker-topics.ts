import { createRequire } from 'node:module';
import type { Kafka, Producer } from 'kafkajs';
import { createKafkaClient } from '#lib/gateways/kafka/client.ts';
import { topicSource } from '#lib/gateways/kafka/fetch-source.ts';
import type { LogSource } from '#lib/model/log-source.ts';
import { platformHandle } from '#platform/handle.ts';

/**
 * Topics of one suite on the test platform: made with a prefix of its own, written by kafkajs, read through our gateway,
 * deleted at the end.
 */
export function brokerTopics(suite: string) {
  const platform = platformHandle();
  const prefix = `${suite}-${Date.now().toString(36)}`;
  const kafkajs: typeof import('kafkajs') = createRequire(import.meta.url)('kafkajs');
  const kafka: Kafka = new kafkajs.Kafka({
    brokers: platform.bootstrap,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { initialRetryTime: 20, retries: 20 },
  });
  const admin = kafka.admin();
  const topics = new Set<string>();
  const client = createKafkaClient({
    name: suite,
    connection: {
      bootstrap: platform.bootstrap.map((address) => {
        const [host = '', port = ''] = address.split(':');
        return { host, port: Number(port) };
      }),
      tls: { enabled: false },
      sasl: { mechanism: 'none' },
    },
    secrets: {},
    checkAddress: async (host) => ({ address: host }),
  });
  const channel = client.openChannel('browse');

  return {
    platform,
    prefix,
    kafkajs,
    admin,
    open: () => admin.connect(),
    async close(): Promise<void> {
      await admin.deleteTopics({ topics: [...topics] });
      await admin.disconnect();
      await client.close();
    },
    /** Creates `prefix-name` with three replicas and answers its name. */
    async makeTopic(name: string, partitions: number, config: Record<string, string> = {}): Promise<string> {
      const topic = `${prefix}-${name}`;
      topics.add(topic);
      const configEntries = Object.entries(config).map(([key, value]) => ({ name: key, value }));
      await admin.createTopics({
        waitForLeaders: true,
        topics: [{ topic, numPartitions: partitions, replicationFactor: 3, configEntries }],
      });
      return topic;
    },
    async withProducer<T>(
      config: Parameters<Kafka['producer']>[0],
      use: (producer: Producer) => Promise<T>,
    ): Promise<T> {
      const producer = kafka.producer(config);
      await producer.connect();
      try {
        return await use(producer);
      } finally {
        await producer.disconnect();
      }
    },
    sourceOf: (topic: string): LogSource => topicSource(client, channel, topic),
  };
}
