import { z } from 'zod';
import { AlertEvent, AlertIncident } from './alert-incident.ts';
import { AlertNotice } from './alert-notice.ts';
import { AlertSeverity } from './alert-rule.ts';
import { Environment } from './cluster.ts';
import { SeriesKind } from './series.ts';

/** An incident as a list shows it. */
export const IncidentRow = AlertIncident.omit({ rule: true }).extend({
  series: SeriesKind,
  owner: z.string(),
  advice: z.string(),
  runbook: z.string(),
  clusterName: z.string(),
  /** Null when the cluster is not in Millrace any more. */
  environment: Environment.nullable(),
  /** What it is about, in words: `Group shop-billing`. */
  about: z.string(),
  /** Page of what it is about; null where it has none. */
  aboutHref: z.string().nullable(),
  /** How it looks now, in words; null when it is not known. */
  now: z.string().nullable(),
  /** Until when a silence holds it back, ISO 8601. */
  silencedUntil: z.string().nullable(),
});
export type IncidentRow = z.infer<typeof IncidentRow>;

/** An incident as its page shows it. */
export const IncidentView = IncidentRow.extend({
  events: z.array(AlertEvent),
  /** Null for who may not read channels. */
  deliveries: z.array(AlertNotice).nullable(),
  /** Who is told by which route; null when no route fits it. The channels are left out for who may not read them. */
  route: z.object({ id: z.string(), name: z.string(), channels: z.array(z.string()) }).nullable(),
  silence: z.object({ id: z.string(), reason: z.string(), by: z.string() }).nullable(),
  /** What is worth drawing around it: its own series first. */
  charts: z.array(z.object({ kind: SeriesKind, name: z.string() })),
  /** The limit of its rule, in the unit of its series; null where it has none. */
  limit: z.number().nullable(),
  /** Other incidents of the same rule and subject, newest first, and of the same cluster that are open. */
  before: z.array(IncidentRow),
  beside: z.array(IncidentRow),
});
export type IncidentView = z.infer<typeof IncidentView>;

/** What the bell says. */
export const IncidentSummary = z.object({
  open: z.number().int(),
  /** Open, and acknowledged by nobody. */
  waiting: z.number().int(),
  worstWaiting: AlertSeverity.nullable(),
});
export type IncidentSummary = z.infer<typeof IncidentSummary>;
