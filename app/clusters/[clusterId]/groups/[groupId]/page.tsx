import { groupsViewer } from '../groups-viewer.ts';
import { type GroupParams, groupOfPage, groupParams } from './group-of-page.ts';
import { GroupOverview } from './group-overview.tsx';

export default async function GroupPage(props: GroupParams) {
  const { clusterId, groupId } = await groupParams(props);
  const [group, viewer] = await Promise.all([groupOfPage(clusterId, groupId), groupsViewer(clusterId)]);
  // The frame has already said why there is nothing.
  return group.ok ? <GroupOverview viewer={viewer} initial={group.value} /> : null;
}
