import { type Connection, findCoordinatorV6, offsetCommitV9 } from '@platformatic/kafka';
import type { IHeaders, Kafka } from 'kafkajs';
import { awaitTopics, withConnection } from './await-topics.ts';
import { compressionOf } from './codecs.ts';
import { connectKafka } from './connect.ts';

/** A cluster for tests and benches: quick ways to fill it and to clean up. All reject with the client's error. */
export type Fixture = ReturnType<typeof openFixture>;

export type FixtureRecord = {
  key?: string | Buffer | null;
  value: string | Buffer | null;
  partition?: number;
  headers?: IHeaders;
  /** Epoch milliseconds; now unless given. */
  timestamp?: number;
};

export type ProduceSettings = {
  compression?: keyof typeof compressionOf;
  /** Writes in a transaction under this id and commits it, or aborts it. */
  transaction?: { id: string; outcome: 'commit' | 'abort' };
};

/** A create request with more partitions than this makes the controller slow to answer. */
const partitionsPerRequest = 2_000;

const connectionsPerBroker = 12;

const nameOf = (prefix: string, number: number) => `${prefix}${String(number).padStart(5, '0')}`;

const chunksOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/**
 * The answer to the end of a transaction comes before its markers are in the logs, and until then readers of committed records do
 * not get past it. Its coordinator lets the next producer of the same id in only when they are.
 */
async function markersWritten(kafka: Kafka, transactionalId: string): Promise<void> {
  const next = kafka.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 });
  try {
    await next.connect();
  } finally {
    await next.disconnect();
  }
}

async function withAdmin<T>(
  kafka: Kafka,
  work: (admin: ReturnType<Kafka['admin']>) => Promise<T>,
): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Which broker keeps the offsets of each group, as address → groups. The coordinators must be up. */
async function coordinators(bootstrap: readonly string[], groupIds: readonly string[]) {
  const groups = new Map<string, string[]>();
  await withConnection(bootstrap[0]!, async (connection) => {
    for (const chunk of chunksOf(groupIds, 200)) {
      const { coordinators: found } = await findCoordinatorV6.api.async(connection, 0, chunk);
      for (const { key, host, port } of found) {
        const address = `${host}:${port}`;
        groups.set(address, [...(groups.get(address) ?? []), key]);
      }
    }
  });
  return groups;
}

/** Opens a fixture on the brokers' PLAINTEXT listeners. Holds no connection between calls. */
export function openFixture(bootstrap: readonly string[]) {
  const kafka = connectKafka(bootstrap, 'millrace-fixture', 30_000);
  return {
    /** Makes one topic. Replicas: as many as brokers, at most three, unless given. */
    async createTopic(
      topic: string,
      settings: { partitions?: number; replicas?: number; config?: Readonly<Record<string, string>> } = {},
    ): Promise<void> {
      await withAdmin(kafka, (admin) =>
        admin.createTopics({
          waitForLeaders: false,
          timeout: 30_000,
          topics: [
            {
              topic,
              numPartitions: settings.partitions ?? 1,
              replicationFactor: settings.replicas ?? Math.min(3, bootstrap.length),
              configEntries: Object.entries(settings.config ?? {}).map(([name, value]) => ({ name, value })),
            },
          ],
        }),
      );
      await awaitTopics(bootstrap, [topic]);
    },

    /** Makes `count` topics named prefix00000 … with the same number of partitions. Gives their names. */
    async createTopics(settings: {
      prefix: string;
      count: number;
      partitions: number;
      replicas?: number;
      config?: Readonly<Record<string, string>>;
    }): Promise<string[]> {
      const { prefix, count, partitions } = settings;
      const replicationFactor = settings.replicas ?? Math.min(3, bootstrap.length);
      const configEntries = Object.entries(settings.config ?? {}).map(([name, value]) => ({ name, value }));
      const names = Array.from({ length: count }, (_, i) => nameOf(prefix, i));
      await withAdmin(kafka, async (admin) => {
        for (const chunk of chunksOf(names, Math.max(1, Math.floor(partitionsPerRequest / partitions)))) {
          await admin.createTopics({
            waitForLeaders: false,
            timeout: 60_000,
            topics: chunk.map((topic) => ({
              topic,
              numPartitions: partitions,
              replicationFactor,
              configEntries,
            })),
          });
        }
      });
      await awaitTopics(bootstrap, names);
      return names;
    },

    /** Deletes every topic whose name begins with the prefix. Gives their names. */
    async deleteTopics(prefix: string): Promise<string[]> {
      return await withAdmin(kafka, async (admin) => {
        const names = (await admin.listTopics()).filter((name) => name.startsWith(prefix));
        for (const chunk of chunksOf(names, 200))
          await admin.deleteTopics({ topics: chunk, timeout: 60_000 });
        return names;
      });
    },

    /**
     * Writes the records once, in order within each partition, and waits for all replicas in sync. An aborted
     * transaction leaves its records in the log for readers of uncommitted ones.
     */
    async produce(
      topic: string,
      records: readonly FixtureRecord[],
      settings: ProduceSettings = {},
    ): Promise<void> {
      const { transaction } = settings;
      // Idempotent, so that a request repeated on a busy machine does not leave its records twice.
      const producer = kafka.producer({
        allowAutoTopicCreation: false,
        idempotent: true,
        maxInFlightRequests: 1,
        ...(transaction ? { transactionalId: transaction.id } : {}),
      });
      const compression = compressionOf[settings.compression ?? 'none'];
      await producer.connect();
      try {
        const open = transaction ? await producer.transaction() : null;
        for (const chunk of chunksOf(records, 5_000)) {
          const messages = chunk.map(({ timestamp, ...record }) => ({
            ...record,
            ...(timestamp === undefined ? {} : { timestamp: String(timestamp) }),
          }));
          await (open ?? producer).send({ topic, messages, compression, acks: -1 });
        }
        if (transaction?.outcome === 'commit') await open?.commit();
        else await open?.abort();
      } finally {
        await producer.disconnect();
      }
      if (transaction) await markersWritten(kafka, transaction.id);
    },

    /**
     * Makes `count` groups named prefix00000 … without members, each with the given offsets committed: the
     * way of an admin client, one request per group and no joining. `offsetOf` gives the offset to commit.
     * Gives their ids. Rejects when a broker refuses an offset.
     */
    async createGroups(settings: {
      prefix: string;
      count: number;
      topics: readonly string[];
      partitions: number;
      offsetOf: (group: number, topic: string, partition: number) => bigint;
    }): Promise<string[]> {
      const groupIds = Array.from({ length: settings.count }, (_, i) => nameOf(settings.prefix, i));
      const numbers = new Map(groupIds.map((id, i) => [id, i]));
      const commit = async (connection: Connection, groupId: string) => {
        const topics = settings.topics.map((name) => ({
          name,
          partitions: Array.from({ length: settings.partitions }, (_, partitionIndex) => ({
            partitionIndex,
            committedOffset: settings.offsetOf(numbers.get(groupId) ?? 0, name, partitionIndex),
            committedLeaderEpoch: -1,
          })),
        }));
        await offsetCommitV9.api.async(connection, groupId, -1, '', null, topics);
      };
      // A broker answers one request of a connection after the other, and each commit waits for its replicas.
      const lots = [...(await coordinators(bootstrap, groupIds))].flatMap(([address, ids]) =>
        chunksOf(ids, Math.ceil(ids.length / connectionsPerBroker)).map((lot) => ({ address, lot })),
      );
      await Promise.all(
        lots.map(({ address, lot }) =>
          withConnection(address, async (connection) => {
            for (const id of lot) await commit(connection, id);
          }),
        ),
      );
      return groupIds;
    },

    /** Deletes every group without members whose id begins with the prefix. Gives their ids. */
    async deleteGroups(prefix: string): Promise<string[]> {
      return await withAdmin(kafka, async (admin) => {
        const { groups } = await admin.listGroups();
        const ids = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(prefix));
        if (ids.length > 0) await admin.deleteGroups(ids);
        return ids;
      });
    },
  };
}
