import { setTimeout as after } from 'node:timers/promises';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { collectorOf } from './collectors.ts';

const tries = 15;
const betweenMs = 120;

/**
 * Samples a cluster until its metadata shows a change that was just made, at most about two seconds. Brokers learn
 * of a change one after the other, so the one that is asked may not know it yet. It never fails: the change is made.
 */
export async function refreshUntil(
  clusterId: string,
  isSeen: (metadata: MetadataColumns) => boolean,
): Promise<void> {
  for (let left = tries; left > 0; left--) {
    const { metadata } = await collectorOf(clusterId).refresh();
    if (metadata.value && isSeen(metadata.value)) return;
    await after(betweenMs);
  }
}
