import { listPartitionReassignmentsV0 } from '@platformatic/kafka';
import type { CallOptions, KafkaClient } from './client.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';

const listReassignmentsApi = libraryApi('ListPartitionReassignments', listPartitionReassignmentsV0.api);

/** A partition whose replicas are being moved: the target is `replicas` without `removing`. */
export type Reassignment = {
  topic: string;
  partition: number;
  replicas: number[];
  adding: number[];
  removing: number[];
};

/** Every partition that is being moved now (KIP-455). */
export async function listReassignments(
  client: KafkaClient,
  options: CallOptions = {},
): Promise<Reassignment[]> {
  const { value } = await client.call(listReassignmentsApi, [8_000, null], 'controller', options);
  if (value.errorCode !== 0) {
    throw itemError(value.errorCode, value.errorMessage, { operation: 'list reassignments of partitions' });
  }
  return value.topics.flatMap((topic) =>
    topic.partitions.map((partition) => ({
      topic: topic.name,
      partition: partition.partitionIndex,
      replicas: partition.replicas,
      adding: partition.addingReplicas,
      removing: partition.removingReplicas,
    })),
  );
}
