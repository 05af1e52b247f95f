import { z } from 'zod';
import type { AlertIncident } from './alert-incident.ts';
import { AlertSeverity, alertSeverities } from './alert-rule.ts';
import { type Environment, environments } from './cluster.ts';
import { ClusterId, RowId } from './ids.ts';
import { matchesNames } from './name-pattern.ts';

const pattern = z
  .string()
  .trim()
  .min(1, '* is all of them.')
  .max(1000, 'At most 1,000 characters.')
  .default('*');

/** Which incidents are meant. Empty lists are all; patterns are names with `*` for any letters, separated by commas. */
export const IncidentMatch = z.strictObject({
  clusters: z.array(ClusterId).max(200).default([]),
  environments: z.array(z.enum(environments)).max(3).default([]),
  /** Names of rules. */
  rules: pattern,
  /** Names of what is in trouble: topics, groups, brokers, connectors. */
  subjects: pattern,
  severities: z.array(AlertSeverity).max(3).default([]),
  /** Part of the owner of the rule; empty is any. */
  owner: z.string().trim().max(120).default(''),
});
export type IncidentMatch = z.output<typeof IncidentMatch>;

/** What a match looks at. */
export type MatchedIncident = Pick<AlertIncident, 'clusterId' | 'subject' | 'ruleName' | 'severity'> & {
  owner: string;
  environment: Environment | null;
};

/** Whether an incident is one of those that are meant. */
export function matchesIncident(match: IncidentMatch, incident: MatchedIncident): boolean {
  const among = <T>(list: readonly T[], value: T | null) =>
    list.length === 0 || (value !== null && list.includes(value));
  return (
    among(match.clusters, incident.clusterId) &&
    among(match.environments, incident.environment) &&
    among(match.severities, incident.severity) &&
    matchesNames(match.rules, incident.ruleName) &&
    // A rule about the cluster itself has no other subject; only a pattern that means all means it too.
    matchesNames(match.subjects, incident.subject) &&
    incident.owner.toLowerCase().includes(match.owner.toLowerCase())
  );
}

/** What of incidents is told together. */
export const groupings = ['incident', 'rule', 'cluster', 'route'] as const;

export const RouteFields = z.strictObject({
  name: z.string().trim().min(1, 'A name is missing.').max(80, 'A name has at most 80 characters.'),
  isEnabled: z.boolean().default(true),
  match: IncidentMatch.default({
    clusters: [],
    environments: [],
    rules: '*',
    subjects: '*',
    severities: [],
    owner: '',
  }),
  channels: z.array(RowId).max(20, 'At most 20 channels.').default([]),
  groupBy: z.enum(groupings).default('cluster'),
  /** For how long more incidents of the group are waited for before the first is told, in seconds. */
  groupWaitSeconds: z.number('Write a number.').int().min(0).max(3600, 'At most an hour.').default(5),
  /** After how many minutes it is told again while nobody has acknowledged it; 0 is never. */
  repeatMinutes: z.number('Write a number.').int().min(0).max(10_080, 'At most a week.').default(240),
  /** After how many minutes without an acknowledgement others are told; 0 is never. */
  escalateMinutes: z.number('Write a number.').int().min(0).max(10_080, 'At most a week.').default(0),
  escalateTo: z.array(RowId).max(20, 'At most 20 channels.').default([]),
  sendsResolved: z.boolean().default(true),
});
export type RouteFields = z.output<typeof RouteFields>;

/** A route that is placed in the order: the first that fits an incident is taken. */
const Place = { position: z.number().int().min(1).max(1000).optional() };
export const NewRoute = RouteFields.extend(Place);
export const ChangedRoute = RouteFields.extend({ ...Place, id: RowId, version: z.number().int().min(1) });

export const AlertRoute = RouteFields.extend({
  id: RowId,
  position: z.number().int(),
  version: z.number().int(),
});
export type AlertRoute = z.output<typeof AlertRoute>;

/** The place of a severity, worst first. */
export const severityRank = (severity: AlertSeverity): number => alertSeverities.indexOf(severity);
