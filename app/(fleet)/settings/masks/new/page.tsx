import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { onlyAdmins } from '../../only-admins.ts';
import { SettingsPage } from '../../settings-page.tsx';
import { MaskForm } from '../mask-form.tsx';

export const metadata: Metadata = { title: 'Add a masking policy' };

export default async function NewMaskPage() {
  const [viewer, clusters] = await Promise.all([viewerOfPage(), ask(listClusters, {})]);
  return (
    <SettingsPage face="masks" viewer={viewer} crumb={{ label: 'Add a policy' }}>
      {!allows(viewer.role, 'mask:update') ? (
        <ProblemNotice problem={onlyAdmins(viewer.role)} />
      ) : clusters.ok ? (
        <MaskForm policy={null} clusters={clusters.value.rows.map(({ id, name }) => ({ id, name }))} />
      ) : (
        <ProblemNotice problem={clusters.problem} />
      )}
    </SettingsPage>
  );
}
