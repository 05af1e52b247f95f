import Link from 'next/link';
import type { Column } from '#components/data-table/column.ts';
import { State } from '#components/ui/mark.tsx';
import { Unknown } from '#components/ui/quantity.tsx';
import { Bytes, Count, Rate } from '#components/values/numbers.tsx';
import { ClockTime } from '#components/values/time.tsx';
import type { PartitionRow } from '#lib/model/topic.ts';
import { paths } from '#lib/paths.ts';

const listed = (brokers: readonly number[]): string => brokers.join(', ');

/** Log directories of the replicas, each once. */
export function logDirsOf(row: PartitionRow): string[] {
  return [...new Set(row.replicas.flatMap((replica) => (replica.logDir === null ? [] : [replica.logDir])))];
}

/** Columns of the partitions of a topic. Offsets are exact. */
export const partitionColumns = (clusterId: string): Column<PartitionRow>[] => [
  {
    id: 'partition',
    header: 'Part.',
    align: 'right',
    sort: 'asc',
    width: 52,
    cell: (row) => row.partition,
  },
  {
    id: 'state',
    header: 'State',
    sort: 'desc',
    isFixed: true,
    cell: (row) => <State mark={row.state}>{row.stateWords}</State>,
  },
  {
    id: 'leader',
    header: 'Leader',
    align: 'right',
    sort: 'asc',
    cell: (row) =>
      row.leader === null ? (
        <span className="text-critical">None</span>
      ) : (
        <>
          <Link className="text-ink" href={paths.broker(clusterId, row.leader)}>
            {row.leader}
          </Link>
          {row.leader === row.preferredLeader ? null : (
            <span
              className="u"
              title={`Broker ${row.preferredLeader} is preferred: it comes first in the list of replicas`}
            >
              not {row.preferredLeader}
            </span>
          )}
        </>
      ),
  },
  {
    id: 'replicas',
    header: 'Replicas',
    rank: 1,
    cell: (row) => listed(row.replicas.map((replica) => replica.broker)),
  },
  {
    id: 'isr',
    header: 'In sync',
    rank: 2,
    cell: (row) =>
      listed(row.replicas.filter((replica) => replica.isInSync).map((replica) => replica.broker)) || (
        <span className="text-critical">None</span>
      ),
  },
  {
    id: 'missing',
    header: 'Missing',
    rank: 1,
    cell: (row) =>
      row.outOfSync.length === 0 ? (
        <span className="text-ink-3">None</span>
      ) : (
        <span className={row.state === 'critical' ? 'text-critical' : undefined}>
          {listed(row.outOfSync)}
        </span>
      ),
  },
  {
    id: 'since',
    header: 'Since',
    rank: 3,
    cell: (row) =>
      row.outOfSync.length === 0 ? null : row.since === null ? <Unknown /> : <ClockTime at={row.since} />,
  },
  {
    id: 'start',
    header: 'Start offset',
    align: 'right',
    sort: 'desc',
    rank: 2,
    cell: (row) => <Count value={row.startOffset} />,
  },
  {
    id: 'end',
    header: 'End offset',
    align: 'right',
    sort: 'desc',
    cell: (row) => <Count value={row.endOffset} />,
  },
  {
    id: 'records',
    header: 'Records',
    align: 'right',
    sort: 'desc',
    rank: 1,
    cell: (row) => <Count value={row.records} />,
  },
  {
    id: 'size',
    header: 'Size',
    align: 'right',
    sort: 'desc',
    rank: 1,
    cell: (row) => <Bytes value={row.sizeBytes} />,
  },
  {
    id: 'rate',
    header: 'Records/s',
    align: 'right',
    sort: 'desc',
    rank: 2,
    cell: (row) => <Rate value={row.recordsPerSecond} />,
  },
  {
    id: 'logDir',
    header: 'Log dirs',
    isOptional: true,
    cell: (row) => <span className="name text-xs">{logDirsOf(row).join(', ') || 'Unknown'}</span>,
  },
];
