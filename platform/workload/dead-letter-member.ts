import type { EachBatchPayload, Kafka, Message } from 'kafkajs';
import { metadataMaxAge } from './connect.ts';
import { deadLetter } from './dead-letter.ts';
import type { Judge } from './judge.ts';
import { atMost, keepRunning } from './keep-running.ts';
import { liveAsMember } from './member.ts';

type DeadLetterPlan = {
  groupId: string;
  topic: 'shop.payments.v1' | 'shop.shipments.v1';
  judge: Judge;
};

/**
 * Keeps a member alive that writes what it cannot process to the dead-letter topic beside its source, and
 * only then goes on: a crash in between repeats a dead letter, never loses one.
 */
export function keepDeadLetterMember(kafka: Kafka, plan: DeadLetterPlan, signal: AbortSignal): Promise<void> {
  const { groupId, topic, judge } = plan;
  return keepRunning(groupId, signal, async (attempt) => {
    const producer = kafka.producer({ allowAutoTopicCreation: false, metadataMaxAge });
    await producer.connect();
    const eachBatch = async (payload: EachBatchPayload) => {
      const { batch, resolveOffset, heartbeat, commitOffsetsIfNecessary } = payload;
      const origin = { topic, partition: batch.partition, groupId };
      const messages = batch.messages.flatMap((message): Message[] => {
        const failure = judge(message);
        return failure ? [deadLetter(origin, message, failure)] : [];
      });
      if (messages.length > 0) await producer.send({ topic: `${topic}.DLT`, messages, acks: -1 });
      resolveOffset(batch.lastOffset());
      await commitOffsetsIfNecessary();
      await heartbeat();
    };
    try {
      await liveAsMember(kafka, { groupId, topics: [topic], eachBatch }, attempt);
    } finally {
      await atMost(2_000, producer.disconnect());
    }
  });
}
