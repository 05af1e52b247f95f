import { type GroupParams, groupOfPage, groupParams } from '../group-of-page.ts';
import { GroupMembers } from './group-members.tsx';

export default async function GroupMembersPage(props: GroupParams) {
  const { clusterId, groupId } = await groupParams(props);
  const group = await groupOfPage(clusterId, groupId);
  return group.ok ? <GroupMembers clusterId={clusterId} initial={group.value} /> : null;
}
