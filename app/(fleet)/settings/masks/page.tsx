import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { paths } from '#lib/paths.ts';
import { listMasks } from '#lib/services/mask/list-masks.ts';
import { SettingsPage } from '../settings-page.tsx';
import { MasksTable } from './masks-table.tsx';

export const metadata: Metadata = { title: 'Masking' };

export default async function MasksPage() {
  const [viewer, masks] = await Promise.all([viewerOfPage(), ask(listMasks, {})]);
  const mayChange = allows(viewer.role, 'mask:update');
  return (
    <SettingsPage
      face="masks"
      viewer={viewer}
      actions={
        mayChange ? (
          <ButtonLink href={paths.newMask()} variant="primary" shortcut="n">
            Add policy
          </ButtonLink>
        ) : null
      }
    >
      {masks.ok ? (
        <MasksTable rows={masks.value.rows} mayChange={mayChange} />
      ) : (
        <ProblemNotice problem={masks.problem} />
      )}
    </SettingsPage>
  );
}
