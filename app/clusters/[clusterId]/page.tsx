import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Page } from '#components/shell/bar.tsx';
import { ask } from '#lib/operations/ask.ts';
import { paths } from '#lib/paths.ts';
import { readOverview } from '#lib/services/cluster/read-overview.ts';
import { OverviewView } from './overview-view.tsx';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage({ params }: { params: Promise<{ clusterId: string }> }) {
  const { clusterId } = await params;
  const overview = await ask(readOverview, { clusterId });
  return (
    <Page
      crumbs={[
        { label: 'Fleet', href: paths.fleet() },
        { label: clusterId, isName: true },
      ]}
      hasRange
    >
      {overview.ok ? (
        <OverviewView clusterId={clusterId} initial={overview.value} />
      ) : (
        <ProblemNotice isPage problem={overview.problem} />
      )}
    </Page>
  );
}
