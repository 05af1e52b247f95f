import Link from 'next/link';
import type { ReactNode } from 'react';
import { Sparkline } from '#components/charts/sparkline.tsx';
import type { Column } from '#components/data-table/column.ts';
import { Mark, State } from '#components/ui/mark.tsx';
import { Unknown } from '#components/ui/quantity.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Bytes, Count, ObjectName, Rate } from '#components/values/numbers.tsx';
import { formatCount } from '#lib/format.ts';
import type { TopicRow } from '#lib/model/topic.ts';
import { paths } from '#lib/paths.ts';

/** What is wrong with a topic, worst first; a hollow triangle counts what a broker that is down explains. */
function Trouble({ row }: { row: TopicRow }): ReactNode {
  if (row.state === 'unknown') return <Unknown />;
  if (row.offline + row.underMinIsr + row.underReplicated === 0) return <State mark="ok">In sync</State>;
  const thinMark = row.state === 'warning' ? 'warning' : 'explained';
  return (
    <span className="inline-flex items-center gap-2">
      {row.offline > 0 ? <State mark="critical">{formatCount(row.offline)} offline</State> : null}
      {row.underMinIsr > 0 ? <State mark="critical">{formatCount(row.underMinIsr)} min ISR</State> : null}
      {row.underReplicated > 0 ? (
        <span
          className="inline-flex items-center gap-1.5 text-ink-2"
          title={`${formatCount(row.underReplicated)} of ${formatCount(row.partitions)} partitions are under-replicated`}
        >
          <Mark name={thinMark} />
          {formatCount(row.underReplicated)}
          <span className="vh">under-replicated</span>
        </span>
      ) : null}
    </span>
  );
}

function WorstLag({ row }: { row: TopicRow }): ReactNode {
  if (row.groups === 0) return <span className="text-ink-3">No groups</span>;
  return <Count value={row.worstLag?.lagMessages} />;
}

/** Columns of the list of topics of a cluster. */
export const topicColumns = (clusterId: string): Column<TopicRow>[] => [
  {
    id: 'name',
    header: 'Topic',
    sort: 'asc',
    isClipped: true,
    width: '26%',
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link className="name flex min-w-0 text-ink" href={paths.topic(clusterId, row.name)} title={row.name}>
          <ObjectName name={row.name} />
        </Link>
        {row.isInternal ? <Tag>internal</Tag> : null}
      </span>
    ),
  },
  {
    id: 'trouble',
    header: 'Trouble',
    sort: 'desc',
    isFixed: true,
    cell: (row) => <Trouble row={row} />,
  },
  {
    id: 'partitions',
    header: 'Partitions',
    align: 'right',
    sort: 'desc',
    rank: 1,
    cell: (row) => <Count value={row.partitions} />,
  },
  {
    id: 'replication',
    header: 'Repl.',
    align: 'right',
    sort: 'asc',
    rank: 2,
    cell: (row) =>
      row.replicationFactor === 1 ? (
        <span className="text-warning" title="One lost broker takes it offline">
          1
        </span>
      ) : (
        <Count value={row.replicationFactor} />
      ),
  },
  {
    id: 'records',
    header: 'Records/s',
    align: 'right',
    sort: 'desc',
    cell: (row) => <Rate value={row.recordsPerSecond} />,
  },
  {
    id: 'recent',
    header: 'Last hour',
    rank: 2,
    cell: (row) => <Sparkline values={row.recent} />,
  },
  {
    id: 'bytes',
    header: 'Bytes/s',
    align: 'right',
    sort: 'desc',
    rank: 2,
    cell: (row) => <Bytes value={row.bytesPerSecond} digits={2} />,
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
    id: 'groups',
    header: 'Groups',
    align: 'right',
    sort: 'desc',
    rank: 3,
    cell: (row) => <Count value={row.groups} />,
  },
  {
    id: 'lag',
    header: 'Worst lag',
    align: 'right',
    sort: 'desc',
    rank: 1,
    cell: (row) => <WorstLag row={row} />,
  },
  {
    id: 'lagGroup',
    header: 'Of group',
    rank: 2,
    cell: (row) =>
      row.worstLag === null ? null : (
        <Link
          className="name block max-w-[150px] truncate text-ink-2"
          href={paths.group(clusterId, row.worstLag.groupId)}
          title={row.worstLag.groupId}
        >
          {row.worstLag.groupId}
        </Link>
      ),
  },
];
