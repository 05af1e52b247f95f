import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { paths } from '#lib/paths.ts';
import { listRules } from '#lib/services/rule/list-rules.ts';
import { AlertsPage } from '../alerts-page.tsx';
import { RulesFile } from './rules-file.tsx';
import { RulesTable } from './rules-table.tsx';

export const metadata: Metadata = { title: 'Alert rules' };

export default async function RulesPage() {
  const [viewer, rules] = await Promise.all([viewerOfPage(), ask(listRules, {})]);
  const mayChange = allows(viewer.role, 'alert:update');
  return (
    <AlertsPage
      face="rules"
      viewer={viewer}
      actions={
        <>
          <RulesFile mayChange={mayChange} />
          {mayChange ? (
            <ButtonLink href={paths.newAlertRule()} variant="primary" shortcut="n">
              Add rule
            </ButtonLink>
          ) : null}
        </>
      }
    >
      {rules.ok ? (
        <RulesTable initial={rules.value.rows} mayChange={mayChange} />
      ) : (
        <ProblemNotice problem={rules.problem} />
      )}
    </AlertsPage>
  );
}
