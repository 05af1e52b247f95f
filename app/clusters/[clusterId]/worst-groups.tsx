'use client';

import Link from 'next/link';
import { Sparkline } from '#components/charts/sparkline.tsx';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { groupMark } from '#components/group/group-state.tsx';
import { Count, ObjectName } from '#components/values/numbers.tsx';
import type { GroupRow } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';

/** The groups with the most unread records. */
export function WorstGroups({
  clusterId,
  rows,
  groups,
}: {
  clusterId: string;
  rows: readonly GroupRow[];
  groups: number | null;
}) {
  const columns: Column<GroupRow>[] = [
    {
      id: 'group',
      header: 'Group',
      cell: (row) => (
        <Link className="name" href={paths.group(clusterId, row.groupId)}>
          <ObjectName name={row.groupId} />
        </Link>
      ),
    },
    { id: 'state', header: 'State', cell: (row) => groupMark(row) },
    {
      id: 'topic',
      header: 'Worst partition',
      rank: 1,
      cell: (row) =>
        row.worst ? (
          <>
            <Link className="name" href={paths.topic(clusterId, row.worst.topic)}>
              <ObjectName name={row.worst.topic} />
            </Link>{' '}
            <span className="text-ink-3">{row.worst.partition}</span>
          </>
        ) : (
          'None'
        ),
    },
    { id: 'lag', header: 'Lag', align: 'right', cell: (row) => <Count value={row.lagMessages} /> },
    {
      id: 'recent',
      header: 'Last hour',
      rank: 2,
      cell: (row) => <Sparkline values={row.recent} width={96} />,
    },
  ];
  return (
    <DataTable
      caption="Groups furthest behind"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.groupId}
      rowLabel={(row) => row.groupId}
      isSticky={false}
      empty={
        <Empty title={groups === 0 ? 'No group on this cluster yet' : 'No group is behind'}>
          {groups === 0
            ? 'Groups appear here with their first commit.'
            : 'Every group has read what was written.'}
        </Empty>
      }
    />
  );
}
