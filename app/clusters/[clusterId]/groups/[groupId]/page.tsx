import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Page } from '#components/shell/bar.tsx';
import { ask } from '#lib/operations/ask.ts';
import { paths } from '#lib/paths.ts';
import { readGroup } from '#lib/services/group/read-group.ts';
import { GroupView } from './group-view.tsx';

type Props = { params: Promise<{ clusterId: string; groupId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).groupId) };
}

export default async function GroupPage({ params }: Props) {
  const { clusterId, groupId: encoded } = await params;
  const groupId = decodeURIComponent(encoded);
  const group = await ask(readGroup, { clusterId, groupId });
  return (
    <Page
      crumbs={[
        { label: clusterId, href: paths.overview(clusterId), isName: true },
        { label: 'Groups', href: paths.groups(clusterId) },
        { label: groupId, isName: true },
      ]}
      hasRange
    >
      {group.ok ? (
        <GroupView clusterId={clusterId} initial={group.value} />
      ) : (
        <ProblemNotice isPage problem={group.problem} />
      )}
    </Page>
  );
}
