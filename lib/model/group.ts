import { z } from 'zod';
import { ClusterId, GroupId, PartitionId, TopicName } from './ids.ts';
import { GroupLag, LagState, PartitionLag } from './lag.ts';
import { ListInput, listingOf, MissingPart } from './listing.ts';
import { State } from './state.ts';

/** Kinds of groups (KIP-848, KIP-932, KIP-1071); `connect` and the like are classic groups with another protocol type. */
export const groupTypes = ['classic', 'consumer', 'share', 'streams', 'unknown'] as const;
export const groupFilters = ['all', 'active', 'empty', 'lagging'] as const;

export const GroupRow = z.object({
  groupId: z.string(),
  type: z.enum(groupTypes),
  /** `consumer`, `connect`, `sr`, … as the group itself says; empty for simple consumers. */
  protocolType: z.string(),
  /** Kafka's own word: Stable, Empty, PreparingRebalance, Assigning, Reconciling, Dead, Unknown. */
  groupState: z.string(),
  state: State,
  coordinator: z.number().int().nullable(),
  /** Null until the group has been described. */
  members: z.number().int().nullable(),
  topics: z.number().int().nullable(),
  /** Sum over its partitions; null when no partition could be compared. */
  lagMessages: z.string().nullable(),
  /** Partitions with a committed offset whose end is not known now, so that the lag is at least this. */
  unknownPartitions: z.number().int(),
  worst: z.object({ topic: z.string(), partition: z.number().int(), lagMessages: z.string() }).nullable(),
  /** Sum of lag over the last hour, one value a minute. */
  recent: z.array(z.number().nullable()),
  /** How it stands; null before its offsets were read. */
  lag: GroupLag.nullable(),
});
export type GroupRow = z.infer<typeof GroupRow>;

export const ListGroupsInput = ListInput.extend({
  clusterId: ClusterId,
  show: z.enum(groupFilters).default('all'),
  /** Only groups with an offset on this topic. */
  topic: TopicName.optional(),
  /** Only groups in this state. */
  lagState: LagState.optional(),
});
export const GroupListing = listingOf(GroupRow).extend({
  counts: z.object({
    all: z.number().int(),
    active: z.number().int(),
    empty: z.number().int(),
    lagging: z.number().int(),
  }),
  /** How many groups are in each state, before search and filters. */
  lagStates: z.record(LagState, z.number().int()),
});
export type GroupListing = z.infer<typeof GroupListing>;

export const GroupInput = z.strictObject({ clusterId: ClusterId, groupId: GroupId });

export const GroupPartitionRow = z.object({
  topic: z.string(),
  partition: z.number().int(),
  memberId: z.string().nullable(),
  clientId: z.string().nullable(),
  committedOffset: z.string().nullable(),
  startOffset: z.string().nullable(),
  endOffset: z.string().nullable(),
  /** End less committed offset, as Kafka's own tool counts; `lag.lagMessages` is what would still be received. */
  lagMessages: z.string().nullable(),
  /** End for readers of committed records; below `endOffset` while a transaction is open. Null where it was not asked. */
  stableOffset: z.string().nullable(),
  /** Share groups: records after the start offset that are acknowledged already; null where brokers do not tell. */
  doneAhead: z.string().nullable(),
  lag: PartitionLag,
  state: State,
  /** "Reading", "No new records", "Never committed", "Behind retention", "Unknown". */
  stateWords: z.string(),
});
export type GroupPartitionRow = z.infer<typeof GroupPartitionRow>;

const Assignment = z.array(z.object({ topic: z.string(), partitions: z.array(z.number().int()) }));

/** Tasks of a streams member by what they do there (KIP-1071). */
export const StreamsTasks = z.object({
  active: z.array(z.object({ subtopology: z.string(), partitions: z.array(z.number().int()) })),
  standby: z.array(z.object({ subtopology: z.string(), partitions: z.array(z.number().int()) })),
  warmUp: z.array(z.object({ subtopology: z.string(), partitions: z.array(z.number().int()) })),
});
export type StreamsTasks = z.infer<typeof StreamsTasks>;

/** A part of a streams application that is cut by partitions into tasks (KIP-1071). */
export const Subtopology = z.object({
  id: z.string(),
  sourceTopics: z.array(z.string()),
  repartitionTopics: z.array(z.string()),
  changelogTopics: z.array(z.string()),
});
export type Subtopology = z.infer<typeof Subtopology>;

export const GroupMember = z.object({
  memberId: z.string(),
  /** Of static members (KIP-345): they keep their partitions over a restart. */
  instanceId: z.string().nullable(),
  clientId: z.string(),
  host: z.string(),
  rack: z.string().nullable(),
  /** KIP-848 only. */
  epoch: z.number().int().nullable(),
  assigned: Assignment,
  /** KIP-848 only: where the member is being moved to, when it differs. */
  target: Assignment.nullable(),
  /** Streams only. */
  tasks: StreamsTasks.nullable(),
  /** Workers of Connect only: what runs there. Task -1 is the connector itself. */
  connectors: z.array(z.object({ connector: z.string(), tasks: z.array(z.number().int()) })).nullable(),
});
export type GroupMember = z.infer<typeof GroupMember>;

/** A member with what its partitions add up to. */
export const MemberRow = GroupMember.extend({
  consumedPerSecond: z.number().nullable(),
  lagMessages: z.string().nullable(),
  /** Age of the oldest unread record of its partitions, ms. */
  lagMs: z.number().nullable(),
  /** When a position of its partitions was last seen to move, epoch ms. */
  movedAt: z.number().nullable(),
});
export type MemberRow = z.infer<typeof MemberRow>;

/** What was seen of a group's members sharing out their partitions anew. */
export const SeenRebalance = z.object({ at: z.string(), words: z.string() });
export type SeenRebalance = z.infer<typeof SeenRebalance>;

export const GroupDetail = GroupRow.extend({
  protocol: z.string().nullable(),
  epoch: z.number().int().nullable(),
  assignmentEpoch: z.number().int().nullable(),
  /** Streams only: parts of the application; null elsewhere and where it is not known. */
  subtopologies: z.array(Subtopology).nullable(),
  memberList: z.array(MemberRow),
  partitions: z.array(GroupPartitionRow),
  /** The next record to be read on the partition that is furthest behind in time. */
  oldestUnread: z
    .object({
      topic: z.string(),
      partition: z.number().int(),
      offset: z.string(),
      /** The record's own time, epoch ms; null where it was not read. */
      timestampMs: z.number().nullable(),
    })
    .nullable(),
  /** Rebalances seen in the last hour, newest first. */
  seenRebalances: z.array(SeenRebalance),
  asOf: z.string().nullable(),
  missing: z.array(z.object({ part: z.string(), sentence: z.string(), since: z.string().nullable() })),
});
export type GroupDetail = z.infer<typeof GroupDetail>;

export const GroupPositionsInput = z.strictObject({
  clusterId: ClusterId,
  topic: TopicName,
  partition: PartitionId,
});

/** Where each group that reads a partition stands in it. */
export const GroupPositions = z.object({
  groups: z.array(
    z.object({
      groupId: z.string(),
      /** Kafka's own word, such as Stable or Empty. */
      groupState: z.string(),
      /** The next record that it will read. */
      committedOffset: z.string(),
    }),
  ),
  asOf: z.string().nullable(),
  missing: z.array(MissingPart),
});
export type GroupPositions = z.infer<typeof GroupPositions>;
