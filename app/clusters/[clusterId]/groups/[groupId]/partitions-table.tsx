'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { State } from '#components/ui/mark.tsx';
import { Count, ObjectName } from '#components/values/numbers.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupDetail, GroupPartitionRow } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';

const pageSize = 50;

/** Lag of a group by partition, worst first; searched and paged here, because the page has all of it. */
export function PartitionsTable({ clusterId, group }: { clusterId: string; group: GroupDetail }) {
  const list = useListUrl({ sort: 'worst' });
  const rows = useMemo(
    () =>
      group.partitions.filter((row) =>
        `${row.topic} ${row.partition} ${row.clientId ?? ''}`.includes(list.q),
      ),
    [group.partitions, list.q],
  );
  return (
    <DataTable
      caption={`Partitions of ${group.groupId}`}
      columns={columnsOf(clusterId)}
      rows={rows.slice((list.page - 1) * pageSize, list.page * pageSize)}
      rowKey={(row) => `${row.topic} ${row.partition}`}
      rowLabel={(row) => `partition ${row.partition} of ${row.topic}`}
      isGrey={(row) => row.state === 'unknown'}
      tools={
        <SearchInput
          label="Topic, partition or client"
          value={list.q}
          onChange={(event) => list.setQ(event.target.value)}
        />
      }
      paging={{ page: list.page, pageSize, total: rows.length, onPage: list.setPage }}
      empty={
        list.isFiltered ? (
          <NoResults
            noun="partition"
            asked={list.asked}
            total={formatCountOf(group.partitions.length, 'partition', 'partitions')}
            onClear={list.clear}
          />
        ) : (
          <Empty
            title={
              group.type === 'share' ? 'Share groups keep no committed offsets' : 'Nothing was ever committed'
            }
          >
            {group.type === 'share'
              ? 'Their positions belong to the share coordinator.'
              : 'Lag is known once the group commits an offset.'}
          </Empty>
        )
      }
    />
  );
}

const columnsOf = (clusterId: string): Column<GroupPartitionRow>[] => [
  {
    id: 'topic',
    header: 'Topic',
    cell: (row) => (
      <Link className="name" href={paths.topic(clusterId, row.topic)}>
        <ObjectName name={row.topic} />
      </Link>
    ),
  },
  { id: 'partition', header: 'Part.', align: 'right', cell: (row) => row.partition },
  { id: 'state', header: 'State', cell: (row) => <State mark={row.state}>{row.stateWords}</State> },
  {
    id: 'member',
    header: 'Member',
    rank: 2,
    cell: (row) =>
      row.clientId ? (
        <span className="name">
          <ObjectName name={row.clientId} />
        </span>
      ) : (
        <span className="text-ink-3">Nobody</span>
      ),
  },
  { id: 'lag', header: 'Lag', align: 'right', cell: (row) => <Count value={row.lagMessages} /> },
  {
    id: 'committed',
    header: 'Committed',
    align: 'right',
    cell: (row) =>
      row.committedOffset === null ? (
        <span className="text-ink-3">Never</span>
      ) : (
        <Count value={row.committedOffset} />
      ),
  },
  {
    id: 'end',
    header: 'End offset',
    align: 'right',
    rank: 1,
    cell: (row) => <Count value={row.endOffset} />,
  },
  {
    id: 'start',
    header: 'Start offset',
    align: 'right',
    rank: 3,
    cell: (row) => <Count value={row.startOffset} />,
  },
];
