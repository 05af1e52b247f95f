import { valueInWords } from '#lib/collector/alerts/rule-words.ts';
import type { AlertWorld } from '#lib/gateways/database/alert-world.ts';
import { type AlertIncident, incidentEndWords } from '#lib/model/alert-incident.ts';
import { type AlertMessage, maxToldIncidents, type NoticeIncident } from '#lib/model/alert-notice.ts';
import { severityRank } from '#lib/model/alert-route.ts';
import { paths } from '#lib/paths.ts';
import type { DueNotice } from './plan-notices.ts';

/** Puts what is due into words, with links under `origin`. */
export function messageOf(
  due: DueNotice,
  key: string,
  world: Pick<AlertWorld, 'now' | 'clusters'>,
  origin: string,
): AlertMessage {
  const incidents = [...due.incidents].sort(
    (a, b) => severityRank(a.severity) - severityRank(b.severity) || a.openedAt.localeCompare(b.openedAt),
  );
  const told = incidents.map((incident) => tellIncident(incident, world.clusters, origin));
  return {
    key,
    kind: due.kind,
    title: titleOf(due, told),
    severity: told[0]!.severity,
    incidents: told.slice(0, maxToldIncidents),
    more: Math.max(0, told.length - maxToldIncidents),
    writtenAt: new Date(world.now).toISOString(),
    url: `${origin}${paths.alerts()}`,
  };
}

export function tellIncident(
  incident: AlertIncident,
  clusters: AlertWorld['clusters'],
  origin: string,
): NoticeIncident {
  const cluster = clusters.get(incident.clusterId);
  return {
    id: incident.id,
    ruleId: incident.ruleId,
    ruleName: incident.ruleName,
    severity: incident.severity,
    clusterId: incident.clusterId,
    clusterName: cluster?.name ?? incident.clusterId,
    environment: cluster?.environment ?? null,
    series: incident.rule.series,
    subject: incident.subject,
    summary: incident.summary,
    openedAt: incident.openedAt,
    resolvedAt: incident.resolvedAt,
    resolution: incident.resolution ? incidentEndWords[incident.resolution] : null,
    now: incident.lastValue === null ? '' : valueInWords(incident.rule.series, incident.lastValue),
    owner: incident.rule.owner,
    advice: incident.rule.advice,
    runbook: incident.rule.runbook,
    url: `${origin}${paths.incident(incident.id)}`,
  };
}

const severityWords = { critical: 'Critical', warning: 'Warning', note: 'Note' } as const;

function titleOf({ kind, incidents }: DueNotice, told: readonly NoticeIncident[]): string {
  const first = told[0]!;
  const places = [...new Set(told.map(({ clusterName }) => clusterName))];
  const place = places.length === 1 ? places[0]! : `${places.length} clusters`;
  const word = severityWords[first.severity];
  const head = {
    opened: `${word} on ${place}`,
    repeated: `Still ${word.toLowerCase()} on ${place}`,
    escalated: `Nobody has acknowledged, ${word.toLowerCase()} on ${place}`,
    resolved: `Resolved on ${place}`,
    test: `Test from ${place}`,
  }[kind];
  const rest = incidents.length > 1 ? ` And ${incidents.length - 1} more.` : '';
  return `${head}: ${first.summary}${rest}`;
}
