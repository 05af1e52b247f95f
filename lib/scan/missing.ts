import type { MissingPart } from '#lib/model/listing.ts';
import type { PartitionReader } from './partition-reader.ts';
import type { Plan } from './plan.ts';

/** The partitions that could not be read, one part per reason, so that a dead broker is named once. */
export function missingOf(plan: Plan, readers: readonly PartitionReader[]): MissingPart[] {
  const failed: { partition: number; reason: string }[] = [];
  for (const part of plan.parts) {
    if ('failure' in part) failed.push({ partition: part.partition, reason: part.failure });
  }
  for (const reader of readers) {
    if (reader.failure !== undefined) failed.push({ partition: reader.partition, reason: reader.failure });
  }
  return [...Map.groupBy(failed, ({ reason }) => reason)].map(([reason, group]) => {
    const partitions = group.map(({ partition }) => partition).sort((a, b) => a - b);
    const listed = partitions.slice(0, 10).join(', ') + (partitions.length > 10 ? ' …' : '');
    const part = `partition${partitions.length > 1 ? 's' : ''} ${listed}`;
    return {
      part,
      sentence: `${part[0]?.toUpperCase()}${part.slice(1)} of this topic ${partitions.length > 1 ? 'are' : 'is'} not shown: ${reason}.`,
      since: null,
    };
  });
}
