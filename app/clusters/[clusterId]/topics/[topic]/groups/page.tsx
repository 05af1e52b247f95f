import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { groupsSort } from '#components/group/groups-sort.ts';
import { GroupsTable } from '#components/group/groups-table.tsx';
import { ask } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { listGroups } from '#lib/services/group/list-groups.ts';
import { type TopicParams, topicOfPage, topicParams } from '../topic-of-page.ts';

type Props = TopicParams & { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TopicGroupsPage({ searchParams, ...props }: Props) {
  const { clusterId, topic } = await topicParams(props);
  const input = {
    sort: groupsSort,
    ...inputOfPage(await searchParams, ['q', 'sort', 'page', 'show', 'lagState']),
    clusterId,
    topic,
  };
  const [detail, groups] = await Promise.all([topicOfPage(clusterId, topic), ask(listGroups, input)]);
  if (!detail.ok) return null;
  return groups.ok ? (
    <GroupsTable clusterId={clusterId} topic={topic} initial={groups.value} />
  ) : (
    <ProblemNotice problem={groups.problem} />
  );
}
