'use client';

import Link from 'next/link';
import { HeatStrip } from '#components/charts/heat-strip.tsx';
import type { Column } from '#components/data-table/column.ts';
import { raceWords } from '#components/group/worst-partition.ts';
import { Race } from '#components/race/race.tsx';
import { paceOf, placeOf } from '#components/race/race-position.ts';
import { State } from '#components/ui/mark.tsx';
import { Unknown } from '#components/ui/quantity.tsx';
import { Count, ObjectName } from '#components/values/numbers.tsx';
import { formatDuration } from '#lib/format.ts';
import type { GroupDetail, GroupPartitionRow } from '#lib/model/group.ts';
import { lagStateFaces } from '#lib/model/lag.ts';
import { paths } from '#lib/paths.ts';
import type { LagHistory } from './use-lag-history.ts';

/** The state of a partition: that of its lag, or while all is well what happens there. */
export function partitionMark(row: GroupPartitionRow) {
  if (row.state === 'unknown') return <State mark="unknown">{row.stateWords}</State>;
  const face = lagStateFaces[row.lag.state];
  return <State mark={face.mark}>{row.lag.state === 'ok' ? row.stateWords : face.words}</State>;
}

/** Lag in time with its weight: in the colour of its state where something is wrong. */
export function lagTime({ lag }: Pick<GroupPartitionRow, 'lag'>) {
  if (lag.lagMs === null)
    return lag.lagMessages === null ? <span className="text-ink-3">Unknown</span> : <Unknown />;
  if (lag.lagMs === 0) return <span className="nil">0</span>;
  const mark = lagStateFaces[lag.state].mark;
  const text = formatDuration(lag.lagMs);
  // Whoever reads it has stopped on purpose or not: what is about to be deleted is trouble.
  if (mark === 'critical' || paceOf(lag) === 'losing') return <b className="text-critical">{text}</b>;
  return mark === 'warning' ? <b className="text-warning">{text}</b> : text;
}

/** Columns of the partitions of a group. Kept whole by the caller, because the table forgets its order with new ones. */
export function partitionColumns(
  clusterId: string,
  group: GroupDetail,
  history: LagHistory,
  onOpen: (row: GroupPartitionRow) => void,
): Column<GroupPartitionRow>[] {
  const isOneTopic = new Set(group.partitions.map(({ topic }) => topic)).size <= 1;
  const isShare = group.type === 'share';
  return [
    ...(isOneTopic
      ? []
      : [
          {
            id: 'topic',
            header: 'Topic',
            cell: (row: GroupPartitionRow) => (
              <Link className="name" href={paths.topic(clusterId, row.topic)}>
                <ObjectName name={row.topic} />
              </Link>
            ),
          },
        ]),
    {
      id: 'partition',
      header: 'Part.',
      align: 'right',
      sort: 'asc',
      width: 44,
      cell: (row) => (
        <button type="button" className="link" onClick={() => onOpen(row)}>
          {row.partition}
        </button>
      ),
    },
    {
      id: 'member',
      header: 'Member',
      rank: 2,
      cell: (row) =>
        row.clientId ? (
          <span className="name text-ink-2" title={row.memberId ?? undefined}>
            <ObjectName name={row.clientId} />
          </span>
        ) : (
          <span className="text-ink-3">{isShare ? 'Any member' : 'Nobody'}</span>
        ),
    },
    { id: 'state', header: 'State', sort: 'desc', cell: partitionMark },
    {
      id: 'lag',
      header: 'Lag',
      align: 'right',
      sort: 'desc',
      cell: (row) => <Count value={row.lag.lagMessages} />,
    },
    { id: 'time', header: 'Lag in time', align: 'right', sort: 'desc', cell: lagTime },
    {
      id: 'window',
      header: 'Retention window',
      rank: 1,
      cell: (row) => {
        const place = placeOf(row);
        return (
          <Race
            position={place.position}
            pace={place.pace}
            isCompacted={place.hasNoEdge}
            width={isOneTopic ? 112 : 96}
            label={raceWords(row)}
          />
        );
      },
    },
    {
      id: 'history',
      header: `Lag in time, ${history.words}`,
      rank: 3,
      cell: (row) => {
        const values = history.of(row.topic, row.partition);
        if (values === undefined) return null;
        if (values === null) return <span className="text-ink-3">Not kept yet</span>;
        return (
          <HeatStrip
            values={values}
            most={history.most}
            width={isOneTopic ? 120 : 96}
            label={`Lag in time of partition ${row.partition}, ${history.words}`}
          />
        );
      },
    },
    ...(isShare
      ? [
          {
            id: 'ahead',
            header: 'Done ahead',
            align: 'right' as const,
            rank: 2 as const,
            cell: (row: GroupPartitionRow) =>
              row.doneAhead === null ? (
                <span className="text-ink-3">Not told</span>
              ) : (
                <Count value={row.doneAhead} />
              ),
          },
        ]
      : []),
    {
      id: 'committed',
      header: isShare ? 'Start offset' : 'Committed',
      align: 'right',
      cell: (row) =>
        row.committedOffset === null ? (
          <span className="text-ink-3">Never</span>
        ) : (
          <span className="mono text-ink-2">
            <Count value={row.committedOffset} />
          </span>
        ),
    },
  ];
}
