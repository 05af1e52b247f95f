import type { Kafka, ProducerBatch, TopicMessages } from 'kafkajs';
import { compressionOf } from './codecs.ts';
import { metadataMaxAge } from './connect.ts';
import type { ShopRecord } from './encode.ts';
import { atMost, keepRunning } from './keep-running.ts';
import type { Random } from './random.ts';
import { topicPlans } from './topics.ts';

/**
 * One way into the cluster: records queue up and go out in order, one request set at a time. What could not
 * be sent stays at the head and is sent again, so a broker's restart costs time, not records.
 */
export type Lane = {
  push(record: ShopRecord): void;
  /** Records that wait for their acknowledgement. */
  backlog(): number;
  /** Records acknowledged by the brokers so far, without aborted ones. */
  sent(): number;
  /** Sends what waits. Called on each tick. */
  flush(): void;
  /** Settles once the signal is aborted and the producer has let go of its connections. */
  ended: Promise<void>;
};

const mostPerSend = 5_000;

/** Groups records by topic, keeping their order. */
function byTopic(records: readonly ShopRecord[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, key, value, headers } of records) {
    const entry = topics.get(topic) ?? { topic, messages: [] };
    topics.set(topic, entry);
    entry.messages.push({ key, value, headers });
  }
  return [...topics.values()];
}

const batchOf = (records: readonly ShopRecord[]): ProducerBatch => ({
  topicMessages: byTopic(records),
  compression: compressionOf[topicPlans[records[0]!.topic].codec],
  acks: -1,
  timeout: 10_000,
});

type Send = (records: readonly ShopRecord[]) => Promise<void>;

/** The queue and its loop; `connect` gives the means to send and to say goodbye. */
function openLane(
  name: string,
  signal: AbortSignal,
  connect: () => Promise<{ send: Send; disconnect: () => Promise<void> }>,
): Lane {
  let waiting: ShopRecord[] = [];
  let sent = 0;
  let wake: () => void = () => undefined;

  const flushed = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  const run = async () => {
    const { send, disconnect } = await connect();
    try {
      while (!signal.aborted) {
        if (waiting.length === 0) await flushed();
        const chunk = waiting.slice(0, mostPerSend);
        if (chunk.length === 0) continue;
        await send(chunk);
        waiting = waiting.slice(chunk.length);
        sent += chunk.length;
      }
    } finally {
      await atMost(3_000, disconnect());
    }
  };

  signal.addEventListener('abort', () => wake(), { once: true });
  return {
    push: (record) => void waiting.push(record),
    backlog: () => waiting.length,
    sent: () => sent,
    flush: () => wake(),
    ended: keepRunning(name, signal, run),
  };
}

/** A lane of a plain producer. All its topics share one codec: kafkajs has one per request. */
export function plainLane(kafka: Kafka, name: string, signal: AbortSignal): Lane {
  return openLane(name, signal, async () => {
    const producer = kafka.producer({ allowAutoTopicCreation: false, metadataMaxAge });
    await producer.connect();
    return {
      send: async (records) => void (await producer.sendBatch(batchOf(records))),
      disconnect: () => producer.disconnect(),
    };
  });
}

/**
 * A lane of a transactional producer: each flush is a transaction. `abortShare` of them are given up after
 * the records were written; the same records then go out in the next one, so readers of committed records
 * see each once.
 */
export function transactionalLane(
  kafka: Kafka,
  transactionalId: string,
  options: { abortShare: number; random: Random },
  signal: AbortSignal,
): Lane {
  return openLane(transactionalId, signal, async () => {
    const producer = kafka.producer({
      transactionalId,
      idempotent: true,
      maxInFlightRequests: 1,
      transactionTimeout: 30_000,
      metadataMaxAge,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    const attempt = async (records: readonly ShopRecord[], isAborted: boolean) => {
      const transaction = await producer.transaction();
      try {
        await transaction.sendBatch(batchOf(records));
        if (isAborted) await transaction.abort();
        else await transaction.commit();
      } catch (error) {
        if (transaction.isActive()) await transaction.abort().catch(() => undefined);
        throw error;
      }
    };
    return {
      send: async (records) => {
        if (options.random.chance(options.abortShare)) await attempt(records, true);
        await attempt(records, false);
      },
      disconnect: () => producer.disconnect(),
    };
  });
}
