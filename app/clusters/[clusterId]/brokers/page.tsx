import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Page } from '#components/shell/bar.tsx';
import { ask } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { paths } from '#lib/paths.ts';
import { listBrokers } from '#lib/services/broker/list-brokers.ts';
import { BrokersView } from './brokers-view.tsx';

export const metadata: Metadata = { title: 'Brokers' };

type Props = {
  params: Promise<{ clusterId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function BrokersPage({ params, searchParams }: Props) {
  const { clusterId } = await params;
  const brokers = await ask(listBrokers, {
    ...inputOfPage(await searchParams, ['q', 'sort', 'page']),
    clusterId,
  });
  return (
    <Page
      crumbs={[
        { label: 'Fleet', href: paths.fleet() },
        { label: clusterId, href: paths.overview(clusterId), isName: true },
        { label: 'Brokers' },
      ]}
    >
      {brokers.ok ? (
        <BrokersView clusterId={clusterId} initial={brokers.value} />
      ) : (
        <ProblemNotice isPage problem={brokers.problem} />
      )}
    </Page>
  );
}
