import type { MessagePage, ReadOutcome } from '#lib/model/message.ts';
import type { SearchEnd } from '#lib/model/message-search.ts';
import { missingOf } from './missing.ts';
import { encodePageToken } from './page-token.ts';
import type { PartitionReader } from './partition-reader.ts';
import type { Plan } from './plan.ts';
import type { FilterStopped } from './sifter.ts';

/** Why a search stopped before the data ended: with a reason to tell, or because what it may cost was spent. */
export type Stopped = { reason: string | null; isSpent: boolean };

function outcomeOf(stopped: Stopped | undefined, isPartial: boolean, isCancelled: boolean): ReadOutcome {
  if (isCancelled || (stopped && stopped.reason !== null)) return 'cancelled';
  if (isPartial) return 'partial';
  return stopped ? 'budget' : 'complete';
}

const stoppedBecause: Record<FilterStopped['reason'], string> = {
  timeout: 'it took longer than a second on',
  slow: 'it takes more than 5 ms for each record, seen up to',
  memory: 'it used up its memory on',
  crashed: 'its worker ended on',
  closed: 'its worker was stopped on',
};

/** A filter that was stopped, as people read it. */
export const sentenceOf = ({ reason, partition, offset }: FilterStopped): string =>
  `The filter was stopped: ${stoppedBecause[reason]} partition ${partition}, offset ${offset}.`;

/** How a search ended: what is missing of it, what went while it read, and the token that goes on where it stopped. */
export function endOf(
  plan: Plan,
  readers: readonly PartitionReader[],
  hash: string,
  stopped: Stopped | undefined,
  isCancelled: boolean,
): SearchEnd {
  const missing = missingOf(plan, readers);
  const hasMore = missing.length > 0 || readers.some((reader) => !reader.queue.isEmpty || !reader.isDone);
  return {
    outcome: outcomeOf(stopped, missing.length > 0, isCancelled),
    nextToken: hasMore ? tokenOf(plan, readers, hash) : null,
    missing,
    unreadable: readers.flatMap((reader) => unreadableOf(reader, plan)),
    expired: expiredOf(plan, readers),
    reason: stopped?.reason ?? null,
  };
}

function tokenOf(plan: Plan, readers: readonly PartitionReader[], hash: string): string {
  const byPartition = new Map(readers.map((reader) => [reader.partition, reader.resumeAt]));
  return encodePageToken({
    topicId: plan.topic.topicId,
    partitionCount: plan.topic.partitions.length,
    range: plan.range,
    isolation: plan.isolation,
    partitions: plan.selected,
    positions: plan.parts.map((part) =>
      'range' in part ? (byPartition.get(part.partition) ?? null) : part.position,
    ),
    filterHash: hash,
  });
}

/** What this read passed; what lies beyond its end is told by the one that gets there. */
function unreadableOf(reader: PartitionReader, plan: Plan): MessagePage['unreadable'] {
  return reader.unreadable
    .filter(({ fromOffset, toOffset }) =>
      plan.direction === 'backward' ? toOffset >= reader.resumeAt : fromOffset < reader.resumeAt,
    )
    .map(({ fromOffset, toOffset, reason }) => ({
      partition: reader.partition,
      fromOffset: String(fromOffset),
      toOffset: String(toOffset),
      reason,
    }));
}

function expiredOf(plan: Plan, readers: readonly PartitionReader[]): MessagePage['expired'] {
  const during = new Map(readers.map((reader) => [reader.partition, reader.expiredOffsets]));
  return plan.parts.flatMap((part) => {
    if (!('range' in part)) return [];
    const offsets = part.expired + (during.get(part.partition) ?? 0n);
    return offsets > 0n ? [{ partition: part.partition, offsets: String(offsets) }] : [];
  });
}
