'use client';

import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { GroupListing } from '#lib/model/group.ts';
import type { LagState } from '#lib/model/lag.ts';
import { lagStateFaces, lagStates } from '#lib/model/lag.ts';
import { apiPath } from '#lib/paths.ts';
import { groupColumns } from './group-columns.tsx';
import { groupsSort } from './groups-sort.ts';

/** Groups of a cluster, or those that read one topic, live; `head` stands above them with the same counts. */
export function GroupsTable({
  clusterId,
  topic,
  initial,
  head,
}: {
  clusterId: string;
  topic?: string;
  initial: GroupListing;
  head?: (listing: GroupListing) => ReactNode;
}) {
  const list = useListUrl({ sort: groupsSort, filters: ['show', 'lagState'] });
  const url = apiPath('/clusters/[clusterId]/groups', {
    clusterId,
    topic,
    q: list.q,
    sort: list.sort,
    page: list.page,
    show: list.filters.show,
    lagState: list.filters.lagState,
  });
  const live = useLiveQuery<GroupListing>({ clusterId, url, initial });
  const data = live.data ?? initial;
  const columns = useMemo(() => groupColumns(clusterId), [clusterId]);
  const chosenState = lagStates.find((state) => state === list.filters.lagState);
  return (
    <>
      {head?.(data)}
      <DataTable
        caption={topic ? `Groups that read ${topic}` : 'Groups'}
        columns={columns}
        rows={data.rows}
        rowKey={(row) => row.groupId}
        rowLabel={(row) => row.groupId}
        sort={list.sort}
        onSort={list.setSort}
        hasColumnMenu
        paging={{ page: list.page, pageSize: data.pageSize, total: data.total, onPage: list.setPage }}
        missing={data.missing}
        problem={live.problem ?? null}
        onRetry={live.refetch}
        isGrey={(row) => row.state === 'unknown'}
        tools={
          <>
            <SearchInput
              label="Group name"
              value={list.q}
              onChange={(event) => list.setQ(event.target.value)}
            />
            <Segmented
              label="Which groups"
              value={list.filters.show || 'all'}
              onChange={(value) => list.setFilter('show', value === 'all' ? '' : value)}
              segments={[
                { value: 'all', label: 'All', count: formatCount(data.counts.all) },
                { value: 'lagging', label: 'Behind', count: formatCount(data.counts.lagging) },
                { value: 'active', label: 'With members', count: formatCount(data.counts.active) },
                { value: 'empty', label: 'Empty', count: formatCount(data.counts.empty) },
              ]}
            />
            <StateFilter
              counts={data.lagStates}
              chosen={chosenState}
              onChange={(state) => list.setFilter('lagState', state)}
            />
          </>
        }
        empty={
          list.isFiltered ? (
            <NoResults
              noun="group"
              asked={list.asked.map((word) => (word === chosenState ? lagStateFaces[word].words : word))}
              total={formatCountOf(data.totalUnfiltered, 'group', 'groups')}
              onClear={list.clear}
            />
          ) : (
            <Empty title={topic ? 'No group reads this topic yet' : 'No group on this cluster yet'}>
              Groups appear here with their first commit.
            </Empty>
          )
        }
      />
    </>
  );
}

/** States that some group is in, worst first, with how many; one of them filters the list. */
function StateFilter({
  counts,
  chosen,
  onChange,
}: {
  counts: GroupListing['lagStates'];
  chosen: LagState | undefined;
  onChange: (state: LagState | '') => void;
}) {
  const present = [...lagStates]
    .reverse()
    .filter((state) => state !== 'ok' && ((counts[state] ?? 0) > 0 || state === chosen));
  if (present.length === 0) return null;
  return (
    <Segmented
      label="State"
      value={chosen ?? null}
      onChange={(state) => onChange(state === chosen ? '' : state)}
      segments={present.map((state) => {
        const { words, mark } = lagStateFaces[state];
        return {
          value: state,
          label: words,
          count: formatCount(counts[state] ?? 0),
          ...(mark === 'critical' || mark === 'warning' ? { mark } : {}),
        };
      })}
    />
  );
}
