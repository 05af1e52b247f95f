'use client';

import { GroupsTable } from '#components/group/groups-table.tsx';
import { troubleStates } from '#components/group/lag-words.ts';
import { Mark } from '#components/ui/mark.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { GroupListing } from '#lib/model/group.ts';
import { lagStateFaces } from '#lib/model/lag.ts';

/** All groups of a cluster, trouble first. */
export function GroupsView({ clusterId, initial }: { clusterId: string; initial: GroupListing }) {
  return (
    <GroupsTable
      clusterId={clusterId}
      initial={initial}
      head={({ counts, lagStates }) => (
        <PageHead
          title="Groups"
          facts={[
            ...troubleStates.map((state) => {
              const count = lagStates[state] ?? 0;
              const { mark, words } = lagStateFaces[state];
              return count === 0 || mark === 'off' ? null : (
                <span key={state} className={mark}>
                  <Mark name={mark} /> {formatCount(count)} {words.toLowerCase()}
                </span>
              );
            }),
            formatCountOf(counts.all, 'group', 'groups'),
            `${formatCount(counts.active)} with members`,
            `${formatCount(counts.lagging)} behind`,
          ]}
        />
      )}
    />
  );
}
