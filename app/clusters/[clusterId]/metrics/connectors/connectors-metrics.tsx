'use client';

import Link from 'next/link';
import { Sparkline } from '#components/charts/sparkline.tsx';
import { useTop } from '#components/charts/use-top.ts';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Count, ObjectName } from '#components/values/numbers.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { ConnectorListing } from '#lib/model/connector.ts';
import { paths } from '#lib/paths.ts';
import { ConnectorStateMark } from './connector-state.tsx';
import { ConnectorsMissing } from './connectors-missing.tsx';
import { useConnectors } from './use-connectors.ts';

type Row = ConnectorListing['rows'][number] & {
  href: string;
  running: number;
  failed: number;
  /** Why it or one of its tasks failed, in one line. */
  why: string | null;
  spark: readonly (number | null)[];
};

const columns: Column<Row>[] = [
  {
    id: 'name',
    header: 'Connector',
    cell: (row) => (
      <Link className="name" href={row.href}>
        <ObjectName name={row.name} />
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: (row) => <ConnectorStateMark state={row.state} /> },
  { id: 'type', header: 'Type', rank: 1, cell: (row) => (row.type === 'unknown' ? 'Unknown' : row.type) },
  { id: 'running', header: 'Tasks running', align: 'right', cell: (row) => <Count value={row.running} /> },
  { id: 'failed', header: 'Tasks failed', align: 'right', cell: (row) => <Count value={row.failed} /> },
  {
    id: 'spark',
    header: 'Tasks running, over the range',
    rank: 2,
    cell: (row) => <Sparkline values={row.spark} width={110} />,
  },
  { id: 'why', header: 'Why it failed', rank: 2, isClipped: true, cell: (row) => row.why },
];

/** In which order connectors need somebody: failed, failed tasks, resting, running. */
const trouble = (row: Row): number =>
  row.state === 'FAILED' ? 3 : row.failed > 0 ? 2 : row.state === 'RUNNING' ? 0 : 1;

/** Connectors of the workers that Millrace knows, the failed first; a name leads to its history. */
export function ConnectorsMetrics({ clusterId }: { clusterId: string }) {
  const live = useConnectors(clusterId);
  const history = useTop({ clusterId, kind: 'connector.tasks-running', limit: 100 });
  const rows = live.data?.rows
    .map(
      (row): Row => ({
        ...row,
        href: paths.connectorMetrics(clusterId, row.name),
        running: row.tasks.filter((task) => task.state === 'RUNNING').length,
        failed: row.tasks.filter((task) => task.state === 'FAILED').length,
        why: row.failure ?? row.tasks.find((task) => task.failure)?.failure ?? null,
        spark: history.data?.rows.find((each) => each.name === row.name)?.spark ?? [],
      }),
    )
    .sort((a, b) => trouble(b) - trouble(a) || a.name.localeCompare(b.name, 'en', { numeric: true }));
  const missing = live.data?.missing ?? null;
  return (
    <Bank
      title="Connectors"
      note={rows && rows.length > 0 ? formatCountOf(rows.length, 'connector', 'connectors') : undefined}
    >
      <ConnectorsMissing clusterId={clusterId} listing={live.data} />
      {missing && rows?.length === 0 ? null : (
        <DataTable
          caption="Connectors, failed first"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.name}
          rowLabel={(row) => row.name}
          problem={live.problem ?? null}
          onRetry={live.refetch}
          loading="Asking the Connect workers."
          empty={<Empty title="No connector yet">The workers answer and run no connector.</Empty>}
        />
      )}
    </Bank>
  );
}
