import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Page } from '#components/shell/bar.tsx';
import type { IncidentView } from '#lib/model/incident-view.ts';
import { allows } from '#lib/model/permission.ts';
import { ranges } from '#lib/model/series.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { paths, withSearch } from '#lib/paths.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { readIncident } from '#lib/services/incident/read-incident.ts';
import { IncidentPageView } from './incident-view.tsx';

export const metadata: Metadata = { title: 'Alert' };

type Props = {
  params: Promise<{ incidentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function IncidentPage({ params, searchParams }: Props) {
  const { incidentId } = await params;
  const [viewer, incident, clusters] = await Promise.all([
    viewerOfPage(),
    ask(readIncident, { incidentId }),
    ask(listClusters, {}),
  ]);
  if (!incident.ok)
    return (
      <Page crumbs={[{ label: 'Alerts', href: paths.alerts() }, { label: 'Alert' }]}>
        <ProblemNotice isPage problem={incident.problem} />
      </Page>
    );
  const range = rangeAround(incident.value, Date.now());
  if (range !== null && (await searchParams).range === undefined)
    redirect(withSearch(paths.incident(incidentId), { range }));
  return (
    <Page
      crumbs={[
        { label: 'Alerts', href: paths.alerts() },
        ...(incident.value.resolvedAt ? [{ label: 'History', href: paths.alertHistory() }] : []),
        { label: incident.value.ruleName },
      ]}
      hasRange
    >
      <IncidentPageView
        initial={incident.value}
        clusters={clusters.ok ? clusters.value.rows.map(({ id, name }) => ({ id, name })) : []}
        can={{
          acknowledge: allows(viewer.role, 'alert:acknowledge'),
          silence: allows(viewer.role, 'alert:silence'),
        }}
      />
    </Page>
  );
}

const halfHourMs = 1_800_000;

/** The time that its charts show: all of it with half an hour around it; null is the last hour. */
function rangeAround({ openedAt, resolvedAt }: IncidentView, now: number): string | null {
  const from = Date.parse(openedAt) - halfHourMs;
  if (resolvedAt !== null) {
    const to = Date.parse(resolvedAt) + halfHourMs;
    if (to < now) return `${from}-${to}`;
  }
  const fitting = Object.entries(ranges).find(([, ms]) => ms >= now - from && ms >= ranges['1h']);
  return !fitting || fitting[0] === '1h' ? null : fitting[0];
}
