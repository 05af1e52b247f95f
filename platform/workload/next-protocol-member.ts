import { Consumer, MessagesStreamModes } from '@platformatic/kafka';
import { aborted, atMost, keepRunning } from './keep-running.ts';
import type { TopicName } from './topics.ts';

/**
 * Keeps a member alive that speaks the consumer group protocol of KIP-848, which kafkajs does not know.
 * Reads everything and commits every few seconds.
 */
export function keepNextProtocolMember(
  bootstrap: readonly string[],
  plan: { groupId: string; topics: readonly TopicName[]; clientId: string },
  signal: AbortSignal,
): Promise<void> {
  return keepRunning(plan.groupId, signal, async (attempt) => {
    const consumer = new Consumer({
      clientId: plan.clientId,
      groupId: plan.groupId,
      bootstrapBrokers: [...bootstrap],
      groupProtocol: 'consumer',
      maxWaitTime: 1_500,
      minBytes: 256 * 1024,
      autocommit: 3_000,
      retries: 5,
      retryDelay: 500,
    });
    const failed = new Promise<never>((_, reject) => {
      consumer.on('consumer:heartbeat:error', ({ error }) => reject(error));
    });
    failed.catch(() => undefined);
    try {
      const stream = await consumer.consume({
        topics: [...plan.topics],
        mode: MessagesStreamModes.COMMITTED,
        fallbackMode: 'earliest',
      });
      const ended = new Promise<never>((_, reject) => {
        stream.on('error', reject);
        stream.on('close', () => reject(new Error('the stream ended')));
      });
      ended.catch(() => undefined);
      stream.resume();
      await Promise.race([aborted(attempt), failed, ended]);
    } finally {
      await atMost(4_000, consumer.close(true));
    }
  });
}
