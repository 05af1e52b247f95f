import type { MetadataColumns } from '#lib/model/columns.ts';

export type TopicSketch = {
  name: string;
  topicId?: string;
  isInternal?: boolean;
  partitions: { leader: number; replicas: number[]; isr: number[] }[];
};

/** Metadata columns of a few topics, written as a test thinks of them. */
export function metadataOf(topics: TopicSketch[], brokers: number[] = [1, 2, 3]): MetadataColumns {
  const sorted = [...topics].sort((a, b) => (a.name < b.name ? -1 : 1));
  const partitions = sorted.flatMap((topic) => topic.partitions);
  const starts = (lengths: number[]) => {
    const result = new Int32Array(lengths.length + 1);
    lengths.forEach((length, i) => {
      result[i + 1] = result[i]! + length;
    });
    return result;
  };
  return {
    clusterId: 'test',
    controllerId: brokers[0] ?? -1,
    brokers: brokers.map((id) => ({ id, host: `broker-${id}`, port: 9092, rack: `rack-${id}` })),
    names: sorted.map((topic) => topic.name),
    topicIds: sorted.map((topic) => topic.topicId ?? ''),
    isInternal: Uint8Array.from(sorted.map((topic) => (topic.isInternal ? 1 : 0))),
    topicError: new Int16Array(sorted.length),
    partitionStart: starts(sorted.map((topic) => topic.partitions.length)),
    partition: Int32Array.from(sorted.flatMap((topic) => topic.partitions.map((_, index) => index))),
    partitionError: new Int16Array(partitions.length),
    leader: Int32Array.from(partitions.map((partition) => partition.leader)),
    replicaStart: starts(partitions.map((partition) => partition.replicas.length)),
    replicas: Int32Array.from(partitions.flatMap((partition) => partition.replicas)),
    isrStart: starts(partitions.map((partition) => partition.isr.length)),
    isr: Int32Array.from(partitions.flatMap((partition) => partition.isr)),
  };
}
