import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectKafka } from '#platform/workload/connect.ts';

/** A member of a group that takes as many records as it is allowed to, and commits each; without a limit, each batch. */
export type GroupMemberHandle = {
  /** Lets it take so many more. */
  allow: (records: number) => void;
  leave: () => Promise<void>;
};

/** Joins a group with a client of its own; `allowed` records may be taken at first. */
export async function joinGroup(settings: {
  bootstrap: readonly string[];
  groupId: string;
  topic: string;
  allowed: number;
}): Promise<GroupMemberHandle> {
  let left = settings.allowed;
  const consumer = connectKafka(settings.bootstrap, settings.groupId).consumer({
    groupId: settings.groupId,
    sessionTimeout: 6_000,
    heartbeatInterval: 1_000,
    rebalanceTimeout: 6_000,
    maxWaitTimeInMs: 200,
    allowAutoTopicCreation: false,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [settings.topic], fromBeginning: true });
  await consumer.run({
    eachBatchAutoResolve: false,
    autoCommitThreshold: 1,
    eachBatch: async ({ batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning, isStale }) => {
      if (left === Number.POSITIVE_INFINITY) {
        resolveOffset(batch.lastOffset());
        await commitOffsetsIfNecessary();
        await heartbeat();
        return;
      }
      for (const { offset } of batch.messages) {
        while (left <= 0 && isRunning() && !isStale()) {
          await heartbeat();
          await delay(100);
        }
        if (!isRunning() || isStale()) return;
        left--;
        resolveOffset(offset);
        await commitOffsetsIfNecessary();
        await heartbeat();
      }
    },
  });
  return {
    allow: (records) => {
      left += records;
    },
    leave: () => consumer.disconnect(),
  };
}

/** The same as a program of its own that takes everything, to be killed without a farewell. Settles when it has joined. */
export async function spawnMember(settings: {
  bootstrap: readonly string[];
  groupId: string;
  topic: string;
}): Promise<ChildProcess> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout!, 'data');
  return child;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await joinGroup({ ...JSON.parse(process.argv[2]!), allowed: Number.POSITIVE_INFINITY });
  console.log('joined');
}
