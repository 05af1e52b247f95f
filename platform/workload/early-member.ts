import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { readAll } from './behaviours.ts';
import { atMost, keepRunning } from './keep-running.ts';
import { liveAsMember } from './member.ts';
import type { TopicName } from './topics.ts';

async function hasOffsets(kafka: Kafka, groupId: string, topic: TopicName): Promise<boolean> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
    return committed?.partitions.some(({ offset }) => offset !== '-1') ?? false;
  } finally {
    await atMost(2_000, admin.disconnect());
  }
}

/**
 * The good time before a group stops or stalls: reads until it has committed offsets, at least for `forMs`,
 * and leaves. A group that has offsets from an earlier run is left as it is.
 */
export function readAWhile(
  kafka: Kafka,
  plan: { groupId: string; topic: TopicName; forMs: number },
  signal: AbortSignal,
): Promise<void> {
  const done = new AbortController();
  return keepRunning(plan.groupId, AbortSignal.any([signal, done.signal]), async (attempt) => {
    if (!(await hasOffsets(kafka, plan.groupId, plan.topic))) {
      const life = AbortSignal.any([attempt, AbortSignal.timeout(plan.forMs)]);
      const member = { groupId: plan.groupId, topics: [plan.topic], eachBatch: readAll };
      await liveAsMember(kafka, member, life);
      // Nothing was read yet: the brokers may just have come up.
      if (!(await hasOffsets(kafka, plan.groupId, plan.topic))) {
        await delay(500, undefined, { signal: attempt });
        return;
      }
    }
    done.abort();
  });
}
