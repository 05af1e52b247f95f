import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { countIncidents } from '#lib/services/incident/count-incidents.ts';
import { listIncidents } from '#lib/services/incident/list-incidents.ts';
import { listRoutes } from '#lib/services/route/list-routes.ts';
import { listRules } from '#lib/services/rule/list-rules.ts';
import { AlertsPage } from './alerts-page.tsx';
import { OpenAlerts } from './open-alerts.tsx';

export const metadata: Metadata = { title: 'Alerts' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AlertsNowPage({ searchParams }: Props) {
  const search = inputOfPage(await searchParams, ['q', 'state', 'clusterId', 'severity', 'ruleId', 'page']);
  const viewer = await viewerOfPage();
  const mayReadRoutes = allows(viewer.role, 'channel:read');
  const [incidents, counts, clusters, rules, routes] = await Promise.all([
    ask(listIncidents, search),
    ask(countIncidents, {}),
    ask(listClusters, {}),
    ask(listRules, {}),
    mayReadRoutes ? ask(listRoutes, {}) : null,
  ]);
  return (
    <AlertsPage face="now" viewer={viewer}>
      {incidents.ok ? (
        <OpenAlerts
          initial={incidents.value}
          counts={counts.ok ? counts.value : null}
          clusters={clusters.ok ? clusters.value.rows.map(({ id, name }) => ({ id, name })) : []}
          can={{
            acknowledge: allows(viewer.role, 'alert:acknowledge'),
            silence: allows(viewer.role, 'alert:silence'),
          }}
          rules={rules.ok ? rules.value.rows.filter(({ isEnabled }) => isEnabled).length : null}
          isTold={
            routes?.ok
              ? routes.value.rows.some(({ isEnabled, channels }) => isEnabled && channels.length > 0)
              : null
          }
        />
      ) : (
        <ProblemNotice problem={incidents.problem} />
      )}
    </AlertsPage>
  );
}
