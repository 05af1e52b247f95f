import { subjectInWords, valueInWords } from '#lib/collector/alerts/rule-words.ts';
import { silenceOf } from '#lib/collector/notices/plan-notices.ts';
import { newestTick } from '#lib/collector/ticks.ts';
import { activeSilences } from '#lib/gateways/database/alert-silences.ts';
import { listClusters } from '#lib/gateways/database/clusters.ts';
import type { AlertIncident } from '#lib/model/alert-incident.ts';
import type { AlertSilence } from '#lib/model/alert-silence.ts';
import type { Environment } from '#lib/model/cluster.ts';
import type { IncidentRow } from '#lib/model/incident-view.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { paths } from '#lib/paths.ts';

/** What is around incidents: by what they are named and held back. */
export type Surroundings = {
  clusters: Map<string, { name: string; environment: Environment }>;
  silences: AlertSilence[];
};

/** Reads it once for a whole list. */
export async function readSurroundings(): Promise<Surroundings> {
  const [clusters, silences] = await Promise.all([listClusters(), activeSilences()]);
  return {
    clusters: new Map(clusters.map(({ id, name, environment }) => [id, { name, environment }])),
    silences,
  };
}

/** An incident as lists show it, with how it looks now. */
export function viewIncident(incident: AlertIncident, around: Surroundings): IncidentRow {
  const { rule, ...rest } = incident;
  const cluster = around.clusters.get(incident.clusterId);
  const isOpen = incident.resolvedAt === null;
  const now = isOpen ? (newestValue(incident) ?? incident.lastValue) : incident.lastValue;
  const clusterName = cluster?.name ?? incident.clusterId;
  return {
    ...rest,
    series: rule.series,
    owner: rule.owner,
    advice: rule.advice,
    runbook: rule.runbook,
    clusterName,
    environment: cluster?.environment ?? null,
    about: subjectInWords(rule.series, incident.subject, clusterName),
    aboutHref: cluster ? hrefOf(incident.clusterId, rule.series, incident.subject) : null,
    now: now === null ? null : valueInWords(rule.series, now),
    silencedUntil: isOpen ? (silenceOf(around, incident)?.endsAt ?? null) : null,
  };
}

/** The value of the newest reading; null when this process has none. */
function newestValue({ clusterId, rule, subject }: AlertIncident): number | null {
  const point = newestTick(clusterId)?.points.find(
    ({ kind, name }) => kind === rule.series && name === subject,
  );
  return point && Number.isFinite(point.value) ? point.value : null;
}

/** The page of what a series is about. */
function hrefOf(clusterId: string, series: SeriesKind, name: string): string | null {
  switch (factsOfSeries(series).subject) {
    case 'cluster':
      return paths.overview(clusterId);
    case 'broker':
      return /^\d+$/.test(name) ? paths.broker(clusterId, Number(name)) : null;
    case 'topic':
      return paths.topic(clusterId, name);
    case 'partition': {
      const slash = name.lastIndexOf('/');
      return paths.partitionMetrics(clusterId, name.slice(0, slash), Number(name.slice(slash + 1)));
    }
    case 'group':
      return paths.group(clusterId, name);
    case 'member':
      return paths.group(clusterId, name.split('\t')[0] ?? name);
    case 'connector':
      return paths.connectorMetrics(clusterId, name);
  }
}
