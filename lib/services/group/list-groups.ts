import { collectorOf } from '#lib/collector/collectors.ts';
import { sampledCluster } from '#lib/collector/read-snapshot.ts';
import { viewGroups } from '#lib/collector/view-groups.ts';
import { GroupListing, ListGroupsInput } from '#lib/model/group.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { withMembers } from './count-members.ts';

/** Groups of a cluster with their lag; members are counted live for the rows of the page. */
export const listGroups = defineQuery({
  name: 'group.list',
  summary: 'Consumer groups of a cluster with their lag, one page of them.',
  path: '/clusters/[clusterId]/groups',
  permission: 'group:read',
  input: ListGroupsInput,
  output: GroupListing,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (context, input) => {
    const snapshot = await sampledCluster(input.clusterId);
    const listing = viewGroups(snapshot, input, (group) =>
      collectorOf(input.clusterId).groupRing.read(group),
    );
    return withMembers(input.clusterId, listing, context.signal);
  },
});
