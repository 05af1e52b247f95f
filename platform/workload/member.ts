import type { ConsumerConfig, EachBatchPayload, Kafka } from 'kafkajs';
import { metadataMaxAge } from './connect.ts';
import { aborted, atMost, keepRunning } from './keep-running.ts';
import type { TopicName } from './topics.ts';

export type MemberPlan = {
  groupId: string;
  topics: readonly TopicName[];
  /** What is done with the records of one partition. Resolved offsets are committed every two seconds. */
  eachBatch: (payload: EachBatchPayload) => Promise<void>;
  consumer?: Partial<ConsumerConfig>;
};

/**
 * One life of a group member: joins, reads until `signal` is aborted, leaves. Rejects when the consumer
 * breaks down, so that the caller can start a new one.
 */
export async function liveAsMember(kafka: Kafka, plan: MemberPlan, signal: AbortSignal): Promise<void> {
  const consumer = kafka.consumer({
    groupId: plan.groupId,
    sessionTimeout: 15_000,
    heartbeatInterval: 4_000,
    rebalanceTimeout: 20_000,
    // Few, larger answers: a fetch that returns on each record costs more than the record.
    maxWaitTimeInMs: 1_500,
    minBytes: 256 * 1024,
    maxBytesPerPartition: 512 * 1024,
    allowAutoTopicCreation: false,
    metadataMaxAge,
    retry: { initialRetryTime: 200, retries: 6, restartOnFailure: async () => false },
    ...plan.consumer,
  });
  const crashed = new Promise<never>((_, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  });
  crashed.catch(() => undefined);
  const gone = aborted(signal);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...plan.topics], fromBeginning: true });
    await consumer.run({
      eachBatch: plan.eachBatch,
      eachBatchAutoResolve: false,
      autoCommitInterval: 2_000,
    });
    await Promise.race([gone, crashed]);
  } finally {
    await atMost(4_000, consumer.disconnect());
  }
}

/** Keeps a member alive until `signal` is aborted. */
export const keepMember = (kafka: Kafka, plan: MemberPlan, signal: AbortSignal): Promise<void> =>
  keepRunning(plan.groupId, signal, (attempt) => liveAsMember(kafka, plan, attempt));
