import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Page } from '#components/shell/bar.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { FleetView } from './fleet-view.tsx';

export default async function FleetPage() {
  const [clusters, viewer] = await Promise.all([ask(listClusters, {}), viewerOfPage()]);
  return (
    <Page crumbs={[{ label: 'Fleet' }]}>
      {clusters.ok ? (
        <FleetView initial={clusters.value} canAdd={allows(viewer.role, 'cluster:create')} />
      ) : (
        <ProblemNotice isPage problem={clusters.problem} />
      )}
    </Page>
  );
}
