'use client';

import Link from 'next/link';
import { MissingNotice } from '#components/charts/missing-notice.tsx';
import { Sparkline } from '#components/charts/sparkline.tsx';
import { useTop } from '#components/charts/use-top.ts';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { State } from '#components/ui/mark.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Count, ObjectName } from '#components/values/numbers.tsx';
import { formatCountOf } from '#lib/format.ts';
import { paths } from '#lib/paths.ts';

const most = 100;

type Row = {
  name: string;
  href: string;
  state: number | null;
  running: number | null;
  failed: number | null;
  spark: readonly (number | null)[];
};

function StateCell({ state }: { state: number | null }) {
  if (state === null) return <State mark="unknown">Unknown</State>;
  if (state >= 1) return <State mark="ok">Running</State>;
  return state > 0 ? <State mark="off">Paused or stopped</State> : <State mark="critical">Failed</State>;
}

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
  { id: 'state', header: 'State', cell: (row) => <StateCell state={row.state} /> },
  { id: 'running', header: 'Tasks running', align: 'right', cell: (row) => <Count value={row.running} /> },
  { id: 'failed', header: 'Tasks failed', align: 'right', cell: (row) => <Count value={row.failed} /> },
  {
    id: 'spark',
    header: 'Tasks running, over the range',
    rank: 1,
    cell: (row) => <Sparkline values={row.spark} width={110} />,
  },
];

/** Connectors of the workers that Millrace knows, the failed first; a name leads to its history. */
export function ConnectorsMetrics({ clusterId }: { clusterId: string }) {
  const states = useTop({ clusterId, kind: 'connector.state', by: 'last', order: 'least', limit: most });
  const running = useTop({ clusterId, kind: 'connector.tasks-running', limit: most });
  const failed = useTop({ clusterId, kind: 'connector.tasks-failed', limit: most });
  const lastOf = (top: typeof running, name: string) => top.data?.rows.find((row) => row.name === name);
  const rows = states.data?.rows.map(
    ({ name, last }): Row => ({
      name,
      href: paths.connectorMetrics(clusterId, name),
      state: last,
      running: lastOf(running, name)?.last ?? null,
      failed: lastOf(failed, name)?.last ?? null,
      spark: lastOf(running, name)?.spark ?? [],
    }),
  );
  const total = states.data?.total ?? 0;
  return (
    <Bank
      title="Connectors"
      note={total > most ? `${most} of ${formatCountOf(total, 'connector', 'connectors')}` : undefined}
    >
      {states.data?.missing && rows?.length === 0 ? (
        <MissingNotice clusterId={clusterId} kind="connector.state" why={states.data.missing} />
      ) : (
        <DataTable
          caption="Connectors, failed first"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.name}
          rowLabel={(row) => row.name}
          problem={states.problem ?? null}
          onRetry={states.refetch}
          loading="Reading history."
          empty={
            <Empty title="No connector yet">The workers answer and run no connector in this range.</Empty>
          }
        />
      )}
    </Bank>
  );
}
