import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { listMasks } from '#lib/services/mask/list-masks.ts';
import { onlyAdmins } from '../../only-admins.ts';
import { SettingsPage } from '../../settings-page.tsx';
import { MaskForm } from '../mask-form.tsx';
import { RemoveMask } from './remove-mask.tsx';

export const metadata: Metadata = { title: 'Masking policy' };

export default async function MaskPage({ params }: { params: Promise<{ maskId: string }> }) {
  const { maskId } = await params;
  const [viewer, masks, clusters] = await Promise.all([
    viewerOfPage(),
    ask(listMasks, {}),
    ask(listClusters, {}),
  ]);
  if (!allows(viewer.role, 'mask:update') || !masks.ok || !clusters.ok) {
    const problem = !masks.ok ? masks.problem : !clusters.ok ? clusters.problem : onlyAdmins(viewer.role);
    return (
      <SettingsPage face="masks" viewer={viewer}>
        <ProblemNotice problem={problem} />
      </SettingsPage>
    );
  }
  const policy = masks.value.rows.find(({ id }) => id === maskId);
  if (!policy) {
    return (
      <SettingsPage face="masks" viewer={viewer}>
        <ProblemNotice problem={toProblem(new AppError('mask.not-found'))} />
      </SettingsPage>
    );
  }
  return (
    <SettingsPage face="masks" viewer={viewer} crumb={{ label: policy.name }}>
      <MaskForm policy={policy} clusters={clusters.value.rows.map(({ id, name }) => ({ id, name }))} />
      <RemoveMask id={policy.id} name={policy.name} version={policy.version} />
    </SettingsPage>
  );
}
