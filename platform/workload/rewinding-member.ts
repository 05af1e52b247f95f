import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { readSlowly } from './behaviours.ts';
import { atMost, keepRunning } from './keep-running.ts';
import { liveAsMember } from './member.ts';
import type { TopicName } from './topics.ts';

type RewindPlan = {
  groupId: string;
  topic: TopicName;
  /** How fast it reads: enough to be level with the producers, little enough that catching up is seen. */
  recordsPerSecond: number;
  /** Time from joining to the first rewind, and from one to the next. */
  firstAfterMs: number;
  everyMs: number;
  /** A rewind goes back by a third of the log, but no further than this many records over all partitions. */
  mostRecords: number;
};

/** What an operator does to read again: with the group stopped, its offsets are set back. */
async function rewind(kafka: Kafka, { groupId, topic, mostRecords }: RewindPlan): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [ends, committed] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchOffsets({ groupId, topics: [topic] }),
    ]);
    const offsets = new Map(committed[0]?.partitions.map(({ partition, offset }) => [partition, offset]));
    const most = BigInt(Math.ceil(mostRecords / ends.length));
    await admin.setOffsets({
      groupId,
      topic,
      partitions: ends.map(({ partition, low }) => {
        const start = BigInt(low);
        const at = BigInt(offsets.get(partition) ?? low);
        const third = at <= start ? 0n : (at - start + 2n) / 3n;
        return { partition, offset: String(at <= start ? start : at - (third < most ? third : most)) };
      }),
    });
  } finally {
    await atMost(2_000, admin.disconnect());
  }
}

/** Keeps a member alive that is rewound now and then, and takes minutes to be level again. */
export async function keepRewindingMember(
  kafka: Kafka,
  plan: RewindPlan,
  signal: AbortSignal,
): Promise<void> {
  let waitMs = plan.firstAfterMs;
  await keepRunning(plan.groupId, signal, async () => {
    const life = new AbortController();
    const both = AbortSignal.any([signal, life.signal]);
    const timer = delay(waitMs, undefined, { signal: both }).then(
      () => life.abort(),
      () => undefined,
    );
    try {
      const eachBatch = readSlowly(plan.recordsPerSecond, both);
      const consumer = { maxBytesPerPartition: 32 * 1024 };
      await liveAsMember(kafka, { groupId: plan.groupId, topics: [plan.topic], eachBatch, consumer }, both);
    } finally {
      life.abort();
      await timer;
    }
    if (signal.aborted) return;
    await rewind(kafka, plan);
    waitMs = plan.everyMs;
  });
}
