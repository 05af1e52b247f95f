import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { paths } from '#lib/paths.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { onlyAdmins } from '../only-admins.ts';
import { SettingsPage } from '../settings-page.tsx';
import { ClustersTable } from './clusters-table.tsx';

export const metadata: Metadata = { title: 'Clusters' };

export default async function ClustersPage() {
  const viewer = await viewerOfPage();
  if (!allows(viewer.role, 'cluster:create')) {
    return (
      <SettingsPage face="clusters" viewer={viewer}>
        <ProblemNotice problem={onlyAdmins(viewer.role)} />
      </SettingsPage>
    );
  }
  const clusters = await ask(listClusters, {});
  return (
    <SettingsPage
      face="clusters"
      viewer={viewer}
      actions={
        <ButtonLink href={paths.newCluster()} variant="primary" shortcut="n">
          Add cluster
        </ButtonLink>
      }
    >
      {clusters.ok ? (
        <ClustersTable rows={clusters.value.rows} />
      ) : (
        <ProblemNotice problem={clusters.problem} />
      )}
    </SettingsPage>
  );
}
