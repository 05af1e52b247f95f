import { z } from 'zod';
import { ClusterId, Flag, TopicName } from './ids.ts';
import { ListInput, listingOf } from './listing.ts';
import { State } from './state.ts';

/** Which topics a list shows, besides the search. */
export const topicFilters = ['all', 'critical', 'under-replicated', 'idle'] as const;

export const ListTopicsInput = ListInput.extend({
  clusterId: ClusterId,
  show: z.enum(topicFilters).default('all'),
  internal: Flag.default(false),
});

/** A topic as its row shows it. Null means: not known now. */
export const TopicRow = z.object({
  name: z.string(),
  isInternal: z.boolean(),
  state: State,
  partitions: z.number().int(),
  replicationFactor: z.number().int(),
  offline: z.number().int(),
  underMinIsr: z.number().int(),
  underReplicated: z.number().int(),
  recordsPerSecond: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
  /** Records per second over the last hour, oldest first, one value a minute; null where nothing was sampled. */
  recent: z.array(z.number().nullable()),
  /** Bytes of the leaders' replicas in the local log. */
  sizeBytes: z.number().nullable(),
  groups: z.number().int().nullable(),
  worstLag: z.object({ groupId: z.string(), lagMessages: z.string() }).nullable(),
});
export type TopicRow = z.infer<typeof TopicRow>;

export const TopicListing = listingOf(TopicRow).extend({
  counts: z.object({
    all: z.number().int(),
    critical: z.number().int(),
    underReplicated: z.number().int(),
    /** Of these, the ones that are thin because of a broker that is down. */
    explained: z.number().int(),
    idle: z.number().int(),
    internal: z.number().int(),
  }),
  partitions: z.number().int(),
  recordsPerSecond: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  /** Brokers whose absence explains the under-replication. */
  brokersDown: z.array(z.number().int()),
});
export type TopicListing = z.infer<typeof TopicListing>;

export const ReplicaPlace = z.object({
  broker: z.number().int(),
  isInSync: z.boolean(),
  sizeBytes: z.number().nullable(),
  logDir: z.string().nullable(),
});

export const PartitionRow = z.object({
  partition: z.number().int(),
  state: State,
  /** The state in words: "In sync", "Under-replicated", "Refuses writes", "Offline". */
  stateWords: z.string(),
  leader: z.number().int().nullable(),
  preferredLeader: z.number().int(),
  replicas: z.array(ReplicaPlace),
  /** Brokers that should hold an in-sync replica and do not. */
  outOfSync: z.array(z.number().int()),
  /** Since when it is not in sync, as far as it was seen; ISO 8601. */
  since: z.string().nullable(),
  startOffset: z.string().nullable(),
  endOffset: z.string().nullable(),
  /** End minus start: an upper bound where the topic is compacted or transactional. */
  records: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  recordsPerSecond: z.number().nullable(),
});
export type PartitionRow = z.infer<typeof PartitionRow>;

export const TopicInput = z.strictObject({ clusterId: ClusterId, topic: TopicName });

export const TopicDetail = z.object({
  name: z.string(),
  topicId: z.string().nullable(),
  isInternal: z.boolean(),
  state: State,
  partitions: z.array(PartitionRow),
  replicationFactor: z.number().int(),
  minInSyncReplicas: z.number().int().nullable(),
  cleanupPolicy: z.string().nullable(),
  retentionMs: z.string().nullable(),
  /** Configs set on the topic itself. */
  configsSet: z.number().int().nullable(),
  recordsPerSecond: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  groups: z.number().int().nullable(),
  brokers: z.array(
    z.object({ id: z.number().int(), rack: z.string().nullable(), state: State, stateWords: z.string() }),
  ),
  asOf: z.string().nullable(),
  missing: z.array(z.object({ part: z.string(), sentence: z.string(), since: z.string().nullable() })),
});
export type TopicDetail = z.infer<typeof TopicDetail>;
