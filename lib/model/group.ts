import { z } from 'zod';
import { ClusterId, GroupId, PartitionId, TopicName } from './ids.ts';
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
});
export type GroupRow = z.infer<typeof GroupRow>;

export const ListGroupsInput = ListInput.extend({
  clusterId: ClusterId,
  show: z.enum(groupFilters).default('all'),
  /** Only groups with an offset on this topic. */
  topic: TopicName.optional(),
});
export const GroupListing = listingOf(GroupRow).extend({
  counts: z.object({
    all: z.number().int(),
    active: z.number().int(),
    empty: z.number().int(),
    lagging: z.number().int(),
  }),
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
  lagMessages: z.string().nullable(),
  state: State,
  /** "Reading", "No new records", "Never committed", "Behind retention", "Unknown". */
  stateWords: z.string(),
});
export type GroupPartitionRow = z.infer<typeof GroupPartitionRow>;

export const GroupMember = z.object({
  memberId: z.string(),
  instanceId: z.string().nullable(),
  clientId: z.string(),
  host: z.string(),
  rack: z.string().nullable(),
  /** KIP-848 only. */
  epoch: z.number().int().nullable(),
  assigned: z.array(z.object({ topic: z.string(), partitions: z.array(z.number().int()) })),
  /** KIP-848 only: where the member is being moved to, when it differs. */
  target: z.array(z.object({ topic: z.string(), partitions: z.array(z.number().int()) })).nullable(),
});
export type GroupMember = z.infer<typeof GroupMember>;

export const GroupDetail = GroupRow.extend({
  protocol: z.string().nullable(),
  epoch: z.number().int().nullable(),
  assignmentEpoch: z.number().int().nullable(),
  memberList: z.array(GroupMember),
  partitions: z.array(GroupPartitionRow),
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
