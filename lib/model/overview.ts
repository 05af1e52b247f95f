import { z } from 'zod';
import { BrokerRow } from './broker.ts';
import { Environment } from './cluster.ts';
import { GroupRow } from './group.ts';
import { ClusterId } from './ids.ts';
import { MissingPart } from './listing.ts';

/** One thing that is wrong, as a sentence, with the list behind it. */
export const Finding = z.object({
  /** Names the kind and the object, so that the page can keep a row in place. */
  id: z.string(),
  severity: z.enum(['critical', 'warning']),
  title: z.string(),
  detail: z.string(),
  /** Since when, as far as it was seen; ISO 8601. */
  since: z.string().nullable(),
  /** How much of the whole is touched, such as 1,207 of 2,418 partitions. */
  share: z.object({ part: z.number(), whole: z.number(), words: z.string() }).nullable(),
  /** Where the list behind it is: a path in the application. */
  href: z.string(),
  /** What the link says, such as "Open 9 partitions". */
  action: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** Something that changed: from the audit or seen by the collector. */
export const ChangeMark = z.object({
  at: z.string(),
  title: z.string(),
  detail: z.string(),
  severity: z.enum(['critical', 'warning', 'note']),
  href: z.string().nullable(),
});
export type ChangeMark = z.infer<typeof ChangeMark>;

export const QuorumVoter = z.object({
  id: z.number().int(),
  isLeader: z.boolean(),
  /** Records of the metadata log it is behind the leader. */
  lag: z.string(),
  lastCaughtUp: z.string().nullable(),
});

export const Overview = z.object({
  /** The one sentence at the top: worst first, at most two clauses. */
  verdict: z.string(),
  severity: z.enum(['critical', 'warning', 'ok', 'unknown']),
  findings: z.array(Finding),
  kafkaClusterId: z.string().nullable(),
  /** From the release of the highest metadata.version feature level; null when not offered. */
  kafkaVersion: z.string().nullable(),
  features: z.array(z.object({ name: z.string(), finalized: z.number().int(), max: z.number().int() })),
  brokers: z.array(BrokerRow),
  brokersUp: z.number().int(),
  brokersKnown: z.number().int(),
  controller: z.object({ id: z.number().int(), epoch: z.number().int().nullable() }).nullable(),
  quorum: z.object({ voters: z.array(QuorumVoter), observers: z.number().int() }).nullable(),
  topics: z.number().int().nullable(),
  partitions: z.number().int().nullable(),
  offline: z.number().int().nullable(),
  underMinIsr: z.number().int().nullable(),
  underReplicated: z.number().int().nullable(),
  recordsPerSecond: z.number().nullable(),
  bytesInPerSecond: z.number().nullable(),
  recordsOutPerSecond: z.number().nullable(),
  bytesOutPerSecond: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  groups: z.number().int().nullable(),
  worstGroups: z.array(GroupRow),
  changes: z.array(ChangeMark),
  asOf: z.string().nullable(),
  missing: z.array(MissingPart),
});
export type Overview = z.infer<typeof Overview>;

/** A cluster as the fleet and the switcher show it. */
export const ClusterCard = z.object({
  id: ClusterId,
  name: z.string(),
  environment: Environment,
  isReadOnly: z.boolean(),
  source: z.enum(['ui', 'file']),
  severity: z.enum(['critical', 'warning', 'ok', 'unknown']),
  /** The worst fact in one sentence. */
  worst: z.string(),
  findings: z.number().int(),
  kafkaVersion: z.string().nullable(),
  brokersUp: z.number().int().nullable(),
  brokersKnown: z.number().int().nullable(),
  topics: z.number().int().nullable(),
  partitions: z.number().int().nullable(),
  underReplicated: z.number().int().nullable(),
  groups: z.number().int().nullable(),
  recordsPerSecond: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  recent: z.array(z.number().nullable()),
  asOf: z.string().nullable(),
  /** Milliseconds from one sample to the next. */
  everyMs: z.number().int(),
  /** Trouble per list, for the navigation. */
  trouble: z.object({ brokers: z.number().int(), topics: z.number().int(), groups: z.number().int() }),
});
export type ClusterCard = z.infer<typeof ClusterCard>;
