'use client';

import { GroupsTable } from '#components/group/groups-table.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { GroupListing } from '#lib/model/group.ts';

/** All groups of a cluster, the furthest behind first. */
export function GroupsView({ clusterId, initial }: { clusterId: string; initial: GroupListing }) {
  return (
    <GroupsTable
      clusterId={clusterId}
      initial={initial}
      head={(counts) => (
        <PageHead
          title="Groups"
          facts={[
            formatCountOf(counts.all, 'group', 'groups'),
            `${formatCount(counts.active)} with members`,
            `${formatCount(counts.lagging)} behind`,
          ]}
        />
      )}
    />
  );
}
