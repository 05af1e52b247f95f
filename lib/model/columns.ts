/**
 * The state of a whole cluster as columns: a hundred thousand partitions are a few typed arrays, not as
 * many objects. Row `t` of topics owns the partitions `partitionStart[t]` up to `partitionStart[t + 1]`;
 * partition row `p` owns `replicas[replicaStart[p]…replicaStart[p + 1]]`, and the same for `isr`.
 */
export type BrokerAddress = { id: number; host: string; port: number; rack: string | null };

export type MetadataColumns = {
  clusterId: string | null;
  /** -1 when there is none now. */
  controllerId: number;
  /** Brokers that are registered and alive, as the answering broker sees them. */
  brokers: BrokerAddress[];
  /** Sorted by name, in the order of UTF-16 code units. */
  names: string[];
  /** Topic ids (KIP-516) as text; the empty string on clusters too old to have one. */
  topicIds: string[];
  /** 1 for topics Kafka itself calls internal. */
  isInternal: Uint8Array;
  /** Kafka's error code of the topic; 0 is none. */
  topicError: Int16Array;
  partitionStart: Int32Array;
  /** The partition's number within its topic; ascending. */
  partition: Int32Array;
  partitionError: Int16Array;
  /** -1 while it has none. */
  leader: Int32Array;
  replicaStart: Int32Array;
  replicas: Int32Array;
  isrStart: Int32Array;
  isr: Int32Array;
};

/** Offsets aligned with the partition rows of a `MetadataColumns`; -1 where not known. */
export type OffsetColumns = { offsets: BigInt64Array; errors: Int16Array };

/** Sizes of replicas aligned with the `replicas` column of a `MetadataColumns`; NaN where not known. */
export type ReplicaSizeColumns = { sizeBytes: Float64Array; logDirIndex: Int16Array; logDirs: LogDir[] };

export type LogDir = {
  broker: number;
  path: string;
  errorCode: number;
  /** KIP-827; null where the broker does not tell. */
  totalBytes: number | null;
  freeBytes: number | null;
};
