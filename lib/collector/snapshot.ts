import type { MetadataColumns, OffsetColumns, ReplicaSizeColumns } from '#lib/model/columns.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { TopicRetention } from '#lib/model/topic-retention.ts';
import { LagBook } from './lag/lag-book.ts';
import { MemberWatch } from './lag/member-watch.ts';

/**
 * One part of what is known of a cluster. `value` is the newest answer and stays when a later attempt
 * fails; `problem` then says why, and `at` how old the value is.
 */
export type Part<T> = {
  value: T | null;
  /** When `value` was read, epoch ms. */
  at: number | null;
  problem: Problem | null;
  /** Brokers that did not answer for this part, with the reason in words. */
  failures: BrokerFailure[];
};

/** `code` is that of the error: a refusal, such as `kafka.denied`, is not silence. */
export type BrokerFailure = { broker: number; code: string; sentence: string };

export const emptyPart = <T>(): Part<T> => ({ value: null, at: null, problem: null, failures: [] });

/** Counts of what is wrong with a set of partitions. */
export type Health = { offline: number; underMinIsr: number; underReplicated: number; unexplained: number };

/** Rolled up per topic, aligned with `MetadataColumns.names`. NaN means not known. */
export type TopicColumns = {
  partitions: Int32Array;
  replicationFactor: Int16Array;
  offline: Int32Array;
  underMinIsr: Int32Array;
  underReplicated: Int32Array;
  /** Of these, the ones that no broker that is down explains. */
  unexplained: Int32Array;
  recordsPerSecond: Float64Array;
  bytesPerSecond: Float64Array;
  sizeBytes: Float64Array;
};

export type GroupEntry = {
  groupId: string;
  protocolType: string;
  groupState: string;
  type: 'classic' | 'consumer' | 'share' | 'streams' | 'unknown';
  coordinator: number;
};

/** Committed offsets of one group: rows of the metadata's partitions, the offsets, and the lag (-1: not known). */
export type GroupOffsets = {
  topics: number;
  rows: Int32Array;
  committed: BigInt64Array;
  lag: BigInt64Array;
  lagTotal: bigint | null;
  unknown: number;
  worstRow: number;
  worstLag: bigint;
  /** Share groups: records after the start offset that are done with already; -1 where brokers do not tell. */
  doneAhead?: BigInt64Array;
};

export type QuorumState = {
  leaderId: number;
  leaderEpoch: number;
  voters: { id: number; logEndOffset: bigint; lastCaughtUpMs: number | null }[];
  observers: number;
};

export type Feature = { name: string; finalized: number; max: number };

/** Everything known of a cluster at one time. A new object with each sample; parts that were not asked again are carried over. */
export type Snapshot = {
  clusterId: string;
  seq: number;
  /** When the newest sample ended, epoch ms. */
  sampledAt: number;
  metadata: Part<MetadataColumns>;
  ends: Part<OffsetColumns>;
  starts: Part<OffsetColumns>;
  /** The ends before the newest ones with the rows they belong to: what rates are taken against. */
  earlier: { metadata: MetadataColumns; ends: OffsetColumns; endsAt: number } | null;
  sizes: Part<ReplicaSizeColumns>;
  topics: TopicColumns | null;
  minIsr: Part<Map<string, number>>;
  health: Health | null;
  groups: Part<GroupEntry[]>;
  groupOffsets: Part<Map<string, GroupOffsets>>;
  /** Ends for readers of committed records where an open transaction holds records back from a group; -1 elsewhere. */
  stable: Part<OffsetColumns>;
  /** What deletes records, of topics where a group is behind; null for one that may not be described. */
  retention: Part<Map<string, TopicRetention | null>>;
  /** What the readings so far say of lag. Not of this picture alone: it goes on from picture to picture. */
  lag: LagBook;
  /** What is seen of the members of groups; it goes on in the same way. */
  members: MemberWatch;
  quorum: Part<QuorumState>;
  features: Part<Feature[]>;
  /** Brokers that have been seen and are not answering now. */
  brokersDown: Map<number, DownBroker>;
  /** What was seen to change, newest first, at most 100. */
  changes: SeenChange[];
  rates: ClusterRates;
};

/**
 * A broker that holds replicas or was seen before, and is not among the living. `since` is when it was first missed,
 * epoch ms; null when it was away already as this process began to look.
 */
export type DownBroker = {
  since: number | null;
  host: string | null;
  port: number | null;
  rack: string | null;
};

/** A change the collector saw between two samples. */
export type SeenChange = {
  at: number;
  kind:
    | 'broker.down'
    | 'broker.up'
    | 'partitions.offline'
    | 'partitions.under-min-isr'
    | 'partitions.recovered'
    | 'controller.moved';
  title: string;
  detail: string;
  severity: 'critical' | 'warning' | 'note';
  broker: number | null;
};

/** Totals over the cluster, null when not known. */
export type ClusterRates = {
  recordsIn: number | null;
  bytesIn: number | null;
  recordsOut: number | null;
  bytesOut: number | null;
};

export const emptySnapshot = (clusterId: string): Snapshot => ({
  clusterId,
  seq: 0,
  sampledAt: 0,
  metadata: emptyPart(),
  ends: emptyPart(),
  starts: emptyPart(),
  earlier: null,
  sizes: emptyPart(),
  topics: null,
  minIsr: emptyPart(),
  health: null,
  groups: emptyPart(),
  groupOffsets: emptyPart(),
  stable: emptyPart(),
  retention: emptyPart(),
  lag: new LagBook(),
  members: new MemberWatch(),
  quorum: emptyPart(),
  features: emptyPart(),
  brokersDown: new Map(),
  changes: [],
  rates: { recordsIn: null, bytesIn: null, recordsOut: null, bytesOut: null },
});

/** A snapshot in which metadata and what is rolled up from it are known. */
export type SampledSnapshot = Snapshot & {
  metadata: Snapshot['metadata'] & { value: NonNullable<Snapshot['metadata']['value']> };
  topics: NonNullable<Snapshot['topics']>;
  health: NonNullable<Snapshot['health']>;
};

export const isSampled = (snapshot: Snapshot): snapshot is SampledSnapshot =>
  snapshot.metadata.value !== null && snapshot.topics !== null && snapshot.health !== null;
