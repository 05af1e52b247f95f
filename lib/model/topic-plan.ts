import type { State } from './state.ts';

/** A group that reads a topic, as a plan shows it. */
export type TopicReader = {
  groupId: string;
  /** Kafka's own word: Stable, Empty, … */
  groupState: string;
  /** Members read it now. */
  isActive: boolean;
  /** The group of a sink connector, named `connect-…` as Connect names them. */
  isConnector: boolean;
  /** Records of the topic it has not read; null when not known. */
  lagMessages: string | null;
};

/** What deleting one topic takes away. */
export type TopicLoss = {
  topic: string;
  topicId: string | null;
  partitions: number;
  /** Null when a leader did not answer. */
  records: string | null;
  sizeBytes: number | null;
  recordsPerSecond: number | null;
  /** Active groups first, then by lag. */
  readers: TopicReader[];
};

export type DeleteTopicsPlan = {
  topics: TopicLoss[];
  /** What must be typed: the name of the topic, or of the cluster when there are several. */
  typed: string;
  digest: string;
  plannedAt: string;
};

/** What deleting records does to one partition. */
export type PartitionCut = {
  partition: number;
  startOffset: string | null;
  endOffset: string | null;
  /** The first offset that stays; null when this partition is left as it is. */
  before: string | null;
  /** Records that go: at most this many, fewer where compaction has taken some already. */
  records: string;
  /** Why it is left as it is, when it is. */
  reason: string | null;
};

export type DeleteRecordsPlan = {
  topic: string;
  partitions: PartitionCut[];
  records: string;
  /** Groups that lose records they have not read, most first. */
  losers: { groupId: string; unread: string; isActive: boolean }[];
  digest: string;
  plannedAt: string;
};

/** One partition that is not led by its preferred replica. */
export type LeaderMove = {
  partition: number;
  from: number | null;
  to: number;
  state: State;
  /** Why the preferred replica cannot lead now; null when it can. */
  reason: string | null;
};

export type ElectLeadersPlan = { topic: string; moves: LeaderMove[]; digest: string; plannedAt: string };
