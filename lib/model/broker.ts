import { z } from 'zod';
import { BrokerId, ClusterId } from './ids.ts';
import { ListInput, listingOf } from './listing.ts';
import { State } from './state.ts';

export const BrokerRow = z.object({
  id: z.number().int(),
  host: z.string().nullable(),
  port: z.number().int().nullable(),
  rack: z.string().nullable(),
  state: State,
  /** "Up", "Not answering", "Fenced". */
  stateWords: z.string(),
  /** Since when it is not up, as far as it was seen; ISO 8601. */
  since: z.string().nullable(),
  isController: z.boolean(),
  leaders: z.number().int(),
  replicas: z.number().int(),
  replicasInSync: z.number().int(),
  /** Leaders compared with an even share: 0.2 is a fifth more. Null when there is nothing to share. */
  leaderSkew: z.number().nullable(),
  /** Bytes of all replicas on its log dirs. */
  sizeBytes: z.number().nullable(),
  /** From DescribeLogDirs 4 (KIP-827): what the volumes hold and have left. */
  volumeTotalBytes: z.number().nullable(),
  volumeFreeBytes: z.number().nullable(),
  /** Bytes written by producers per second to partitions it leads. */
  bytesInPerSecond: z.number().nullable(),
  recordsInPerSecond: z.number().nullable(),
  recent: z.array(z.number().nullable()),
});
export type BrokerRow = z.infer<typeof BrokerRow>;

export const ListBrokersInput = ListInput.extend({ clusterId: ClusterId });
export const BrokerListing = listingOf(BrokerRow);
export type BrokerListing = z.infer<typeof BrokerListing>;

export const BrokerInput = z.strictObject({ clusterId: ClusterId, brokerId: BrokerId });

export const LogDirRow = z.object({
  path: z.string(),
  error: z.string().nullable(),
  replicas: z.number().int(),
  sizeBytes: z.number(),
  totalBytes: z.number().nullable(),
  freeBytes: z.number().nullable(),
});

export const BrokerDetail = BrokerRow.extend({
  logDirs: z.array(LogDirRow),
  /** What Millrace has asked of this broker since it started, by API. */
  asked: z.array(z.object({ api: z.string(), requests: z.number().int(), failures: z.number().int() })),
  largestTopics: z.array(z.object({ topic: z.string(), sizeBytes: z.number(), leaders: z.number().int() })),
  asOf: z.string().nullable(),
  missing: z.array(z.object({ part: z.string(), sentence: z.string(), since: z.string().nullable() })),
});
export type BrokerDetail = z.infer<typeof BrokerDetail>;
