import { setTimeout as delay } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';

type EachBatch = (payload: EachBatchPayload) => Promise<void>;

/** Takes a whole batch at once. */
export const readAll: EachBatch = async ({ batch, resolveOffset, heartbeat, commitOffsetsIfNecessary }) => {
  resolveOffset(batch.lastOffset());
  await commitOffsetsIfNecessary();
  await heartbeat();
};

/**
 * Takes at most `recordsPerSecond` over all partitions, in steps of half a second, and goes on where it
 * stopped when the group is rebalanced in between.
 */
export function readSlowly(recordsPerSecond: number, signal: AbortSignal): EachBatch {
  const step = Math.max(1, Math.round(recordsPerSecond / 2));
  const stepMs = (step / recordsPerSecond) * 1000;
  let taken = 0;
  return async ({ batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning, isStale }) => {
    for (const message of batch.messages) {
      if (!isRunning() || isStale() || signal.aborted) return;
      taken += 1;
      if (taken >= step) {
        taken = 0;
        await delay(stepMs, undefined, { signal }).catch(() => undefined);
        resolveOffset(message.offset);
        await commitOffsetsIfNecessary();
        await heartbeat();
      } else resolveOffset(message.offset);
    }
  };
}

/** A member that hangs on its first record: heartbeats go on, nothing is ever taken. */
export function hang(signal: AbortSignal): EachBatch {
  return async ({ heartbeat, isRunning }) => {
    while (isRunning() && !signal.aborted) {
      await heartbeat();
      await delay(3_000, undefined, { signal }).catch(() => undefined);
    }
  };
}
