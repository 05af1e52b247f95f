'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { Sparkline } from '#components/charts/sparkline.tsx';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Count, ObjectName } from '#components/values/numbers.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { GroupListing, GroupRow } from '#lib/model/group.ts';
import { apiPath, paths } from '#lib/paths.ts';
import { groupMark } from './group-state.tsx';

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
  head?: (counts: GroupListing['counts']) => ReactNode;
}) {
  const list = useListUrl({ sort: '-lag', filters: ['show'] });
  const url = apiPath('/clusters/[clusterId]/groups', {
    clusterId,
    topic,
    q: list.q,
    sort: list.sort,
    page: list.page,
    show: list.filters.show,
  });
  const live = useLiveQuery<GroupListing>({ clusterId, url, initial });
  const data = live.data ?? initial;
  return (
    <>
      {head?.(data.counts)}
      <DataTable
        caption={topic ? `Groups that read ${topic}` : 'Groups'}
        columns={columnsOf(clusterId)}
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
          </>
        }
        empty={
          list.isFiltered ? (
            <NoResults
              noun="group"
              asked={list.asked}
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

const columnsOf = (clusterId: string): Column<GroupRow>[] => [
  {
    id: 'name',
    header: 'Group',
    sort: 'asc',
    cell: (row) => (
      <Link className="name" href={paths.group(clusterId, row.groupId)}>
        <ObjectName name={row.groupId} />
      </Link>
    ),
  },
  { id: 'state', header: 'State', sort: 'asc', cell: groupMark },
  {
    id: 'type',
    header: 'Kind',
    sort: 'asc',
    rank: 2,
    cell: (row) => (
      <>
        {kindWords[row.type]}{' '}
        {row.protocolType && row.protocolType !== 'consumer' ? <Tag>{row.protocolType}</Tag> : null}
      </>
    ),
  },
  { id: 'members', header: 'Members', align: 'right', rank: 1, cell: (row) => <Count value={row.members} /> },
  {
    id: 'topics',
    header: 'Topics',
    align: 'right',
    sort: 'desc',
    rank: 2,
    cell: (row) => (row.type === 'share' ? 'Not told' : <Count value={row.topics} />),
  },
  {
    id: 'lag',
    header: 'Lag',
    align: 'right',
    sort: 'desc',
    cell: (row) =>
      row.lagMessages === null ? (
        <span className="text-ink-3">
          {row.type === 'share' ? 'Not told' : row.topics === 0 ? 'Never committed' : 'Unknown'}
        </span>
      ) : (
        <>
          {row.unknownPartitions > 0 ? <span className="text-ink-3">at least </span> : null}
          <Count value={row.lagMessages} />
        </>
      ),
  },
  {
    id: 'recent',
    header: 'Lag, last hour',
    rank: 3,
    cell: (row) => <Sparkline values={row.recent} width={92} />,
  },
  {
    id: 'worst',
    header: 'Worst partition',
    rank: 2,
    cell: (row) =>
      row.worst ? (
        <span className="whitespace-nowrap">
          <Link className="name" href={paths.topic(clusterId, row.worst.topic)}>
            <ObjectName name={row.worst.topic} />
          </Link>{' '}
          {row.worst.partition} <span className="text-ink-3">{formatCount(row.worst.lagMessages)}</span>
        </span>
      ) : (
        <span className="text-ink-3">None</span>
      ),
  },
  {
    id: 'coordinator',
    header: 'Coordinator',
    align: 'right',
    rank: 3,
    cell: (row) => (row.coordinator === null ? 'None' : String(row.coordinator)),
  },
];

/** What a kind of group is called; the consumer protocol is KIP-848. */
export const kindWords: Record<GroupRow['type'], string> = {
  classic: 'Classic',
  consumer: 'Consumer protocol',
  share: 'Share',
  streams: 'Streams',
  unknown: 'Not told',
};
