import { type GroupParams, groupOfPage, groupParams } from '../group-of-page.ts';
import { GroupMetrics } from './group-metrics.tsx';

export default async function GroupMetricsPage(props: GroupParams) {
  const { clusterId, groupId } = await groupParams(props);
  const group = await groupOfPage(clusterId, groupId);
  return group.ok ? <GroupMetrics clusterId={clusterId} initial={group.value} /> : null;
}
