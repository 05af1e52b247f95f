import { z } from 'zod';
import { AlertRuleFields, AlertSeverity } from './alert-rule.ts';
import { RowId } from './ids.ts';

/** Why an incident ended. */
export const incidentEnds = [
  'back',
  'gone',
  'rule-changed',
  'rule-disabled',
  'rule-deleted',
  'cluster-removed',
] as const;
export const IncidentEnd = z.enum(incidentEnds);
export type IncidentEnd = z.infer<typeof IncidentEnd>;

/** The same as a sentence. */
export const incidentEndWords: Readonly<Record<IncidentEnd, string>> = {
  back: 'It is back to where the rule does not hold.',
  gone: 'What it was about is gone.',
  'rule-changed': 'The rule was changed, and does not hold any more.',
  'rule-disabled': 'The rule was switched off.',
  'rule-deleted': 'The rule was deleted.',
  'cluster-removed': 'The cluster was removed from Millrace.',
};

/** One time that a rule held for one subject. */
export const AlertIncident = z.object({
  id: RowId,
  ruleId: z.string(),
  ruleName: z.string(),
  /** The rule as it was when it fired: its series, condition, owner, runbook and advice are what the incident tells. */
  rule: AlertRuleFields,
  clusterId: z.string(),
  /** Name of the series: empty for the cluster itself. */
  subject: z.string(),
  severity: AlertSeverity,
  /** What is the matter, in one sentence with the value it had as it opened. */
  summary: z.string(),
  /** The value as it opened and as it was seen last, in the unit of the series; null while it is not known. */
  value: z.number().nullable(),
  lastValue: z.number().nullable(),
  openedAt: z.string(),
  lastSeenAt: z.string(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
  acknowledgeNote: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  resolution: IncidentEnd.nullable(),
});
export type AlertIncident = z.infer<typeof AlertIncident>;

/** What stands on the timeline of an incident. */
export const alertEventKinds = [
  'opened',
  'resolved',
  'acknowledged',
  'noted',
  'silenced',
  'sent',
  'repeated',
  'escalated',
  'failed',
] as const;
export const AlertEventKind = z.enum(alertEventKinds);
export type AlertEventKind = z.infer<typeof AlertEventKind>;

export const AlertEvent = z.object({
  id: z.string(),
  incidentId: RowId,
  at: z.string(),
  kind: AlertEventKind,
  /** Name of the person; empty when Millrace did it. */
  actor: z.string(),
  text: z.string(),
});
export type AlertEvent = z.infer<typeof AlertEvent>;
