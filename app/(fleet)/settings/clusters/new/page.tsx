import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { allows } from '#lib/model/permission.ts';
import { viewerOfPage } from '#lib/operations/ask.ts';
import { onlyAdmins } from '../../only-admins.ts';
import { SettingsPage } from '../../settings-page.tsx';
import { ClusterForm } from '../cluster-form.tsx';

export const metadata: Metadata = { title: 'Add a cluster' };

export default async function NewClusterPage() {
  const viewer = await viewerOfPage();
  return (
    <SettingsPage face="clusters" viewer={viewer} crumb={{ label: 'Add a cluster' }}>
      {allows(viewer.role, 'cluster:create') ? (
        <ClusterForm cluster={null} />
      ) : (
        <ProblemNotice problem={onlyAdmins(viewer.role)} />
      )}
    </SettingsPage>
  );
}
