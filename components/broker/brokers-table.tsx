'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { Sparkline } from '#components/charts/sparkline.tsx';
import type { Column, Sort } from '#components/data-table/column.ts';
import { DataTable, type DataTableProps } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { Mark, State } from '#components/ui/mark.tsx';
import { Bar } from '#components/ui/progress.tsx';
import { Bytes, Count, Percent } from '#components/values/numbers.tsx';
import { ClockTime } from '#components/values/time.tsx';
import { formatCount } from '#lib/format.ts';
import type { BrokerRow } from '#lib/model/broker.ts';
import { paths } from '#lib/paths.ts';

type Props = {
  clusterId: string;
  caption: string;
  rows: readonly BrokerRow[] | undefined;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  tools?: ReactNode;
  empty?: ReactNode;
} & Pick<DataTableProps<BrokerRow>, 'missing' | 'problem' | 'onRetry' | 'paging' | 'hasColumnMenu' | 'stale'>;

/** A skew worth a look: a fifth more or less than an even share. */
const skewed = 0.2;

/** Brokers with state, rack, what they lead and hold, skew and disk. One that does not answer says what was last known. */
export function BrokersTable({ clusterId, caption, rows, empty, ...rest }: Props) {
  return (
    <DataTable
      caption={caption}
      columns={columnsOf(clusterId)}
      rows={rows}
      rowKey={(row) => String(row.id)}
      rowLabel={(row) => `broker ${row.id}`}
      density="dense"
      isSticky={rest.onSort !== undefined}
      isGrey={(row) => row.state === 'critical'}
      empty={empty ?? <Empty title="No broker is known">The cluster has not been read yet.</Empty>}
      {...rest}
    />
  );
}

const unknownWhenDown = (row: BrokerRow, cell: ReactNode): ReactNode =>
  row.state === 'critical' ? <Mark name="unknown" word="Unknown" /> : cell;

const columnsOf = (clusterId: string): Column<BrokerRow>[] => [
  {
    id: 'id',
    header: 'Broker',
    sort: 'asc',
    cell: (row) => (
      <Link href={paths.broker(clusterId, row.id)} className="text-ink">
        <b>{row.id}</b>{' '}
        <span className="text-ink-3">{row.host ? `${row.host}:${row.port}` : 'address not known'}</span>
      </Link>
    ),
  },
  {
    id: 'trouble',
    header: 'State',
    sort: 'asc',
    cell: (row) => (
      <State mark={row.state}>
        {row.stateWords}
        {row.since ? (
          <span className="font-normal text-ink-3">
            {' '}
            since <ClockTime at={row.since} />
          </span>
        ) : null}
      </State>
    ),
  },
  {
    id: 'rack',
    header: 'Rack',
    sort: 'asc',
    rank: 1,
    cell: (row) => row.rack ?? <span className="text-ink-3">No rack</span>,
  },
  {
    id: 'recent',
    header: 'Bytes in, last hour',
    rank: 2,
    cell: (row) => <Sparkline values={row.recent} width={92} />,
  },
  {
    id: 'in',
    header: 'In',
    align: 'right',
    rank: 2,
    cell: (row) => unknownWhenDown(row, <Bytes value={row.bytesInPerSecond} isRate />),
  },
  {
    id: 'leaders',
    header: 'Leaders',
    align: 'right',
    sort: 'desc',
    cell: (row) => <Count value={row.leaders} />,
  },
  {
    id: 'skew',
    header: 'Skew',
    align: 'right',
    sort: 'desc',
    rank: 3,
    cell: (row) =>
      unknownWhenDown(
        row,
        row.leaderSkew === null ? (
          'None'
        ) : (
          <span className={Math.abs(row.leaderSkew) >= skewed ? '' : 'text-ink-3'}>
            {row.leaderSkew > 0 ? '+' : ''}
            <Percent share={row.leaderSkew} decimals={1} />
          </span>
        ),
      ),
  },
  {
    id: 'replicas',
    header: 'Replicas in sync',
    align: 'right',
    sort: 'desc',
    cell: (row) => (
      <>
        {row.replicasInSync < row.replicas && row.state !== 'critical' ? (
          <Mark name="warning" word="out of sync" />
        ) : null}{' '}
        {formatCount(row.replicasInSync)} <span className="text-ink-3">of {formatCount(row.replicas)}</span>
      </>
    ),
  },
  {
    id: 'size',
    header: 'Logs',
    align: 'right',
    sort: 'desc',
    rank: 1,
    cell: (row) => unknownWhenDown(row, <Bytes value={row.sizeBytes} />),
  },
  {
    id: 'disk',
    header: 'Disk used',
    rank: 2,
    cell: (row) => {
      if (row.volumeTotalBytes === null || row.volumeFreeBytes === null) {
        return row.state === 'critical' ? (
          <Mark name="unknown" word="Unknown" />
        ) : (
          <span className="text-ink-3">Not told</span>
        );
      }
      const used = 1 - row.volumeFreeBytes / row.volumeTotalBytes;
      return (
        <span className="flex items-center gap-2">
          <Bar share={used} tone={used > 0.9 ? 'critical' : used > 0.8 ? 'warning' : undefined} />
          <Percent share={used} />
        </span>
      );
    },
  },
  {
    id: 'free',
    header: 'Free',
    align: 'right',
    rank: 3,
    cell: (row) =>
      row.volumeFreeBytes === null ? (
        <span className="text-ink-3">Not told</span>
      ) : (
        <Bytes value={row.volumeFreeBytes} />
      ),
  },
];
