'use client';

import Link from 'next/link';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { EnvChip } from '#components/ui/environment.tsx';
import { State } from '#components/ui/mark.tsx';
import type { ClusterCard } from '#lib/model/overview.ts';
import { paths } from '#lib/paths.ts';

const columns: Column<ClusterCard>[] = [
  {
    id: 'name',
    header: 'Cluster',
    cell: (row) => (
      <Link href={paths.settingsCluster(row.id)} className="font-semibold">
        {row.name}
      </Link>
    ),
  },
  { id: 'id', header: 'Id', cell: (row) => <span className="name">{row.id}</span> },
  { id: 'environment', header: 'Environment', cell: (row) => <EnvChip environment={row.environment} /> },
  {
    id: 'writes',
    header: 'Changes',
    cell: (row) => (row.isReadOnly ? <State mark="off">Read-only</State> : 'Allowed'),
  },
  {
    id: 'source',
    header: 'Defined',
    rank: 1,
    cell: (row) => (row.source === 'file' ? 'By the cluster file' : 'Here'),
  },
  { id: 'state', header: 'State', cell: (row) => <State mark={row.severity}>{row.worst}</State> },
];

/** The clusters Millrace knows, with how each is defined. */
export function ClustersTable({ rows }: { rows: readonly ClusterCard[] }) {
  return (
    <DataTable
      caption="Clusters"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.name}
      density="normal"
      isSticky={false}
      empty={
        <Empty
          title="No cluster yet"
          actions={
            <ButtonLink href={paths.newCluster()} variant="primary">
              Add cluster
            </ButtonLink>
          }
        >
          A cluster is added by its bootstrap address. The connection is tested step by step before it is
          kept.
        </Empty>
      }
    />
  );
}
