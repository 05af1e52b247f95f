import type { Metadata } from 'next';
import { Page } from '#components/shell/bar.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { paths } from '#lib/paths.ts';
import { listTopics } from '#lib/services/topic/list-topics.ts';
import { TopicsTable } from './topics-table.tsx';

export const metadata: Metadata = { title: 'Topics' };

type Props = {
  params: Promise<{ clusterId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function TopicsPage({ params, searchParams }: Props) {
  const { clusterId } = await params;
  const input = { ...inputOfPage(await searchParams, ['q', 'sort', 'page', 'show', 'internal']), clusterId };
  const [topics, viewer] = await Promise.all([ask(listTopics, input), viewerOfPage()]);
  return (
    <Page
      crumbs={[
        { label: 'Fleet', href: paths.fleet() },
        { label: clusterId, href: paths.overview(clusterId), isName: true },
        { label: 'Topics' },
      ]}
      hasRange
    >
      <TopicsTable clusterId={clusterId} initial={topics} canCreate={allows(viewer.role, 'topic:create')} />
    </Page>
  );
}
