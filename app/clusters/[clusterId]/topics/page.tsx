import type { Metadata } from 'next';
import { Page } from '#components/shell/bar.tsx';
import { ask } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { paths } from '#lib/paths.ts';
import { listTopics } from '#lib/services/topic/list-topics.ts';
import { TopicsTable } from './topics-table.tsx';
import { topicsViewer } from './topics-viewer.ts';

export const metadata: Metadata = { title: 'Topics' };

type Props = {
  params: Promise<{ clusterId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function TopicsPage({ params, searchParams }: Props) {
  const { clusterId } = await params;
  const input = { ...inputOfPage(await searchParams, ['q', 'sort', 'page', 'show', 'internal']), clusterId };
  const [topics, viewer] = await Promise.all([ask(listTopics, input), topicsViewer(clusterId)]);
  return (
    <Page
      crumbs={[
        { label: 'Fleet', href: paths.fleet() },
        { label: viewer.clusterName, href: paths.overview(clusterId) },
        { label: 'Topics' },
      ]}
    >
      <TopicsTable
        viewer={viewer}
        initial={topics.ok ? topics.value : undefined}
        initialProblem={topics.ok ? null : topics.problem}
      />
    </Page>
  );
}
