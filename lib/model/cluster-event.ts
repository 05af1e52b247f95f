import { z } from 'zod';
import { ClusterId } from './ids.ts';
import { Range } from './series.ts';

export const clusterEventKinds = [
  'broker.down',
  'broker.up',
  'broker.restarted',
  'partitions.offline',
  'partitions.under-min-isr',
  'partitions.recovered',
  'controller.moved',
  'leader.elected',
  'group.rebalanced',
  'group.state',
  'cluster.unreachable',
  'cluster.reachable',
  'alert.opened',
  'alert.resolved',
] as const;
export const ClusterEventKind = z.enum(clusterEventKinds);
export type ClusterEventKind = z.infer<typeof ClusterEventKind>;

export type EventSubject = 'cluster' | 'broker' | 'topic' | 'group' | 'connector';
export type EventSeverity = 'critical' | 'warning' | 'note';

/** Something that was seen to happen in a cluster, kept for the marks on charts. */
export type ClusterEvent = {
  clusterId: string;
  /** Epoch ms. */
  at: number;
  kind: ClusterEventKind;
  subjectType: EventSubject;
  /** Name of the subject; the cluster's own is empty. */
  subject: string;
  severity: EventSeverity;
  title: string;
  detail: string;
};

export const ListEventsInput = z.strictObject({
  clusterId: ClusterId,
  range: Range.default('1h'),
  /** Only what happened to this one, beside what happened to the cluster and its brokers: `topic:orders`, `group:billing`. */
  subject: z
    .string()
    .max(300)
    .regex(/^(broker|topic|group|connector):/, 'Use broker:, topic:, group: or connector: and a name.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

/** Where an event is from: changes made through Millrace are `audit`. */
export const EventSource = z.enum(['audit', 'election', 'rebalance', 'broker', 'health', 'alert']);
export type EventSource = z.infer<typeof EventSource>;

export const EventMark = z.object({
  at: z.string(),
  title: z.string(),
  detail: z.string(),
  severity: z.enum(['critical', 'warning', 'note']),
  href: z.string().nullable(),
  source: EventSource,
});
export type EventMark = z.infer<typeof EventMark>;

export const EventListing = z.object({
  rows: z.array(EventMark),
  /** How many there are in the range; more than the rows when the oldest were left out. */
  total: z.number().int(),
});
export type EventListing = z.infer<typeof EventListing>;
