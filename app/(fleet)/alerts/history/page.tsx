import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { listIncidents } from '#lib/services/incident/list-incidents.ts';
import { AlertsPage } from '../alerts-page.tsx';
import { PastAlerts } from './past-alerts.tsx';

export const metadata: Metadata = { title: 'History of alerts' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AlertHistoryPage({ searchParams }: Props) {
  const search = inputOfPage(await searchParams, ['q', 'clusterId', 'severity', 'ruleId', 'span', 'page']);
  const { span, ...rest } = search as Record<string, string>;
  const [viewer, incidents, clusters] = await Promise.all([
    viewerOfPage(),
    ask(listIncidents, { ...rest, state: 'all', range: span || '7d' }),
    ask(listClusters, {}),
  ]);
  return (
    <AlertsPage face="history" viewer={viewer}>
      {incidents.ok ? (
        <PastAlerts
          initial={incidents.value}
          clusters={clusters.ok ? clusters.value.rows.map(({ id, name }) => ({ id, name })) : []}
        />
      ) : (
        <ProblemNotice problem={incidents.problem} />
      )}
    </AlertsPage>
  );
}
