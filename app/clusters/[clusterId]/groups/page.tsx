import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { groupsSort } from '#components/group/groups-sort.ts';
import { Page } from '#components/shell/bar.tsx';
import { ask } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { paths } from '#lib/paths.ts';
import { listGroups } from '#lib/services/group/list-groups.ts';
import { GroupsView } from './groups-view.tsx';

export const metadata: Metadata = { title: 'Groups' };

type Props = {
  params: Promise<{ clusterId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function GroupsPage({ params, searchParams }: Props) {
  const { clusterId } = await params;
  const groups = await ask(listGroups, {
    sort: groupsSort,
    ...inputOfPage(await searchParams, ['q', 'sort', 'page', 'show', 'lagState']),
    clusterId,
  });
  return (
    <Page
      crumbs={[
        { label: 'Fleet', href: paths.fleet() },
        { label: clusterId, href: paths.overview(clusterId), isName: true },
        { label: 'Groups' },
      ]}
    >
      {groups.ok ? (
        <GroupsView clusterId={clusterId} initial={groups.value} />
      ) : (
        <ProblemNotice isPage problem={groups.problem} />
      )}
    </Page>
  );
}
