import { z } from 'zod';
import { groupTypes } from './group.ts';
import { ClusterId, GroupId, Offset, PartitionId, RowId, TopicName } from './ids.ts';

/** How many partitions one reset moves at most; a plan of more asks to choose topics. */
export const maxResetPartitions = 20_000;
/** How long the positions before a change are kept, in days. */
export const offsetsKeptDays = 30;

/** A signed number of records: plus skips forward, minus reads again. */
export const OffsetShift = z
  .string()
  .trim()
  .regex(/^[+-]?\d{1,18}$/, 'Write a whole number of records, such as +1 or -500.');

/** Where positions are moved to. */
export const ResetTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('start') }),
  z.strictObject({ kind: z.literal('end') }),
  z.strictObject({ kind: z.literal('offset'), offset: Offset }),
  /** The first record at or after a moment, epoch ms; the end where none is. */
  z.strictObject({
    kind: z.literal('time'),
    timeMs: z.number('Choose a time.').int().min(0).max(8_640_000_000_000_000),
  }),
  z.strictObject({ kind: z.literal('shift'), by: OffsetShift }),
  /** So many ms before now: ten minutes ago is 600,000. */
  z.strictObject({
    kind: z.literal('ago'),
    ms: z
      .number('Say how long ago.')
      .int()
      .min(0)
      .max(3_650 * 86_400_000, 'At most ten years.'),
  }),
  /** Where another group stands. Partitions it never committed are left as they are. */
  z.strictObject({
    kind: z.literal('group'),
    groupId: GroupId.min(1, 'Choose the group whose positions are taken over.'),
  }),
  /** CSV `topic,partition,offset` as Kafka's own tool writes it, JSON of the same, or the YAML that a plan shows. */
  z.strictObject({
    kind: z.literal('file'),
    text: z.string().min(1, 'Choose a file.').max(700_000, 'A file of positions has at most 700 kB.'),
  }),
  /** What was kept before an earlier change: a plan of undo. */
  z.strictObject({ kind: z.literal('saved'), resetId: RowId }),
]);
export type ResetTarget = z.output<typeof ResetTarget>;
export type ResetTargetKind = ResetTarget['kind'];

/** One topic of a reset; `partitions` null means all of them, also those never committed. */
export const ResetTopic = z.strictObject({
  topic: TopicName,
  partitions: z.array(PartitionId).min(1, 'Choose partitions.').max(maxResetPartitions).nullable(),
});
export type ResetTopic = z.output<typeof ResetTopic>;

export const PlanResetOffsetsInput = z.strictObject({
  clusterId: ClusterId,
  groupId: GroupId,
  /** Null means every partition that the group has a committed offset for, or that a file or kept positions name. */
  topics: z.array(ResetTopic).min(1, 'Choose topics.').max(1_000).nullable(),
  target: ResetTarget,
  /** Whether the record that would be read next is looked up. It is a read of messages and audited as one. */
  withRecords: z.boolean().default(true),
});
export type PlanResetOffsetsInput = z.input<typeof PlanResetOffsetsInput>;

/** New positions of one topic as the plan has them, side by side; null takes the committed offset away. */
export const ResetPositions = z.strictObject({
  topic: TopicName,
  partitions: z.array(PartitionId).min(1).max(maxResetPartitions),
  offsets: z.array(Offset.nullable()).min(1).max(maxResetPartitions),
});
export type ResetPositions = z.output<typeof ResetPositions>;

export const ResetOffsetsInput = z.strictObject({
  clusterId: ClusterId,
  groupId: GroupId,
  positions: z.array(ResetPositions).min(1, 'No partition would move.').max(1_000),
  /** The plan's words of the target, for the audit and the list of earlier resets. */
  words: z.string().max(200),
  digest: z.string().max(64),
  /** The kind of the group as the plan has it: one that is gone is made as this. */
  type: z.enum(groupTypes).default('classic'),
  /** The group's name as it was typed, where the plan asks for it. */
  typed: z.string().max(32_767).default(''),
});
export type ResetOffsetsInput = z.input<typeof ResetOffsetsInput>;

/** Who keeps offsets from being moved. */
export type ResetBlocker = { memberId: string; clientId: string; host: string; instanceId: string | null };

/** The record a partition will be read from. */
export type NextRecord =
  | { kind: 'record'; offset: string; timestampMs: number; key: string | null; isKeyMasked: boolean }
  /** Nothing is there yet: the next record that is written. */
  | { kind: 'end' }
  /** Not looked up, or not to be seen, with the reason as a sentence. */
  | { kind: 'unknown'; why: string };

/** What happens to one partition. Offsets and counts are decimal texts. */
export type OffsetMove = {
  topic: string;
  partition: number;
  /** Null where nothing is committed. */
  from: string | null;
  /** Null where the committed offset is taken away again. */
  to: string | null;
  /** `to` minus `from`; null where one of them is. */
  delta: string | null;
  startOffset: string;
  endOffset: string;
  /** What was asked for, when the log does not reach there and its start or end was taken. */
  asked: string | null;
  /** At most so many records are read again, or skipped unread: fewer where compaction took some. */
  reread: string;
  skipped: string;
  /** Records behind afterwards. */
  lagMessages: string | null;
  next: NextRecord;
};

/** The same change for those who write it down. */
export type SameChange = {
  /** Kafka's tool for groups of this kind. */
  tool: string;
  commandLine: string;
  /** Content of the file that the command line names; null when it names none. */
  file: { name: string; text: string } | null;
  yaml: string;
};

export type ResetOffsetsPlan = {
  groupId: string;
  type: 'classic' | 'consumer' | 'share' | 'streams' | 'unknown';
  /** Kafka's own word; empty when the group does not exist and would be made. */
  groupState: string;
  /** `to the start`, `to 2026-11-21 14:00:00 UTC`, `+1 record`, … */
  words: string;
  /** Moved partitions, most records moved first. */
  moves: OffsetMove[];
  /** Partitions that stay as they are: they stand there already, or the reason why they cannot be moved. */
  kept: { topic: string; partition: number; offset: string | null; why: string }[];
  totals: { reread: string; skipped: string; clamped: number };
  /** Members that must stop first; Kafka moves offsets of groups without members only. */
  members: ResetBlocker[];
  /** Why it cannot be applied now, as a sentence; null when it can. */
  blocked: string | null;
  /** Whether that is because the cluster is read-only in Millrace: members that stop change nothing then. */
  isReadOnly: boolean;
  /** What to know beside it, as sentences. */
  notes: string[];
  /** What must be typed (production); null where it is taken back by one click and needs no typing. */
  typed: string | null;
  sameAs: SameChange;
  /** What `reset` takes, as the plan has it. */
  positions: ResetPositions[];
  digest: string;
  plannedAt: string;
};

/** How one change of positions ended. */
export type ResetOutcome = {
  /** Under which the positions before are kept: undo takes it. */
  resetId: string;
  moved: number;
  failures: { topic: string; partition: number; sentence: string }[];
  /** Partitions where retention passed the planned position in the meantime, so that the new start was taken. */
  raised: number;
};

export const GroupResetsInput = z.strictObject({ clusterId: ClusterId, groupId: GroupId });

/** An earlier change of positions, with what it would take to undo it. */
export const GroupReset = z.object({
  resetId: z.string(),
  verb: z.enum(['group.reset-offsets', 'group.undo-reset', 'group.delete', 'group.delete-offsets']),
  /** `to the start`, `group deleted`, … */
  words: z.string(),
  takenAt: z.string(),
  takenBy: z.string(),
  operationId: z.string(),
  topics: z.array(z.string()),
  partitions: z.number().int(),
  undoneAt: z.string().nullable(),
  undoneBy: z.string().nullable(),
  /** `click`: the group stands where it was put, one click takes it back. `plan`: it has moved since, undo is a plan. */
  undo: z.enum(['click', 'plan', 'done', 'blocked']),
  /** Why not by one click, as a sentence. */
  why: z.string().nullable(),
});
export type GroupReset = z.infer<typeof GroupReset>;
export const GroupResets = z.object({ resets: z.array(GroupReset), keptDays: z.number().int() });
export type GroupResets = z.infer<typeof GroupResets>;

export const UndoResetInput = z.strictObject({ clusterId: ClusterId, groupId: GroupId, resetId: RowId });

/** What deleting a group, or its offsets of topics, takes away. */
export type ForgetPlan = {
  groupId: string;
  type: ResetOffsetsPlan['type'];
  groupState: string;
  /** Committed offsets that go, by topic. */
  topics: { topic: string; partitions: number; lagMessages: string | null }[];
  members: ResetBlocker[];
  blocked: string | null;
  /** Whether that is because the cluster is read-only in Millrace. */
  isReadOnly: boolean;
  notes: string[];
  typed: string | null;
  sameAs: SameChange;
  digest: string;
  plannedAt: string;
};

export const PlanDeleteGroupInput = z.strictObject({ clusterId: ClusterId, groupId: GroupId });
export const DeleteGroupInput = PlanDeleteGroupInput.extend({
  digest: z.string().max(64),
  typed: z.string().max(32_767).default(''),
});

export const PlanDeleteOffsetsInput = PlanDeleteGroupInput.extend({
  topics: z.array(TopicName).min(1, 'Choose topics.').max(1_000),
});
export const DeleteOffsetsInput = PlanDeleteOffsetsInput.extend({
  digest: z.string().max(64),
  typed: z.string().max(32_767).default(''),
});
