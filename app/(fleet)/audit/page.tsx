import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Page } from '#components/shell/bar.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { listAudit } from '#lib/services/audit/list-audit.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { AuditView } from './audit-view.tsx';

export const metadata: Metadata = { title: 'Audit' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  const search = inputOfPage(await searchParams, [
    'q',
    'outcome',
    'clusterId',
    'action',
    'range',
    'from',
    'to',
    'page',
  ]);
  const [viewer, audit, clusters] = await Promise.all([
    viewerOfPage(),
    ask(listAudit, search),
    ask(listClusters, {}),
  ]);
  return (
    <Page crumbs={[{ label: 'Audit' }]}>
      {audit.ok ? (
        <AuditView
          initial={audit.value}
          clusters={clusters.ok ? clusters.value.rows.map(({ id, name }) => ({ id, name })) : []}
          canExport={allows(viewer.role, 'audit:export')}
        />
      ) : (
        <ProblemNotice isPage problem={audit.problem} />
      )}
    </Page>
  );
}
