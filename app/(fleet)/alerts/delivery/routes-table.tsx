'use client';

import { useMemo, useState } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { State } from '#components/ui/mark.tsx';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { formatDuration } from '#lib/format.ts';
import type { AlertChannel } from '#lib/model/alert-channel.ts';
import type { AlertRoute } from '#lib/model/alert-route.ts';
import type { Problem } from '#lib/model/problem.ts';
import { type Clusters, matchInWords } from '../match-fields.tsx';
import { deleteRouteAction, updateRouteAction } from './actions.ts';

const together = {
  incident: 'one by one',
  rule: 'by rule',
  cluster: 'by cluster',
  route: 'all together',
} as const;
const minutes = (count: number): string => formatDuration(count * 60_000);

/** When a route tells, in words. */
function timesOf(route: AlertRoute): string {
  return [
    together[route.groupBy],
    route.repeatMinutes > 0 ? `again every ${minutes(route.repeatMinutes)}` : 'never again',
    route.sendsResolved ? 'with the end' : 'without the end',
  ].join(', ');
}

function columnsFor(
  channelName: (id: string) => string,
  clusterName: (id: string) => string,
): Column<AlertRoute>[] {
  const names = (ids: readonly string[]) => ids.map(channelName).join(', ');
  return [
    {
      id: 'name',
      header: 'Route',
      cell: (row) => (
        <>
          <span className="text-ink-3">{row.position}. </span>
          <b>{row.name}</b>
          {row.isEnabled ? null : (
            <>
              {' '}
              <State mark="off">Off</State>
            </>
          )}
        </>
      ),
    },
    { id: 'match', header: 'Which alerts', cell: (row) => matchInWords(row.match, clusterName) },
    {
      id: 'channels',
      header: 'Tells',
      cell: (row) => (
        <>
          {row.channels.length > 0 ? names(row.channels) : <State mark="warning">Nobody</State>}
          {row.escalateMinutes > 0 && row.escalateTo.length > 0 ? (
            <div className="text-xs text-ink-3">
              {names(row.escalateTo)} after {minutes(row.escalateMinutes)} without an acknowledgement
            </div>
          ) : null}
        </>
      ),
    },
    { id: 'times', header: 'How', rank: 2, cell: (row) => timesOf(row) },
  ];
}

/** Routes in their order: the first that fits an alert is taken. */
export function RoutesTable({
  rows,
  channels,
  clusters,
  mayChange,
  onOpen,
  onChanged,
  problem,
}: {
  rows: readonly AlertRoute[];
  channels: readonly AlertChannel[];
  clusters: Clusters;
  mayChange: boolean;
  onOpen: (route: AlertRoute | 'new') => void;
  onChanged: () => void;
  problem: Problem | null;
}) {
  const [failed, setFailed] = useState<Problem | null>(null);
  const columns = useMemo(
    () =>
      columnsFor(
        (id) => channels.find((one) => one.id === id)?.name ?? 'a deleted channel',
        (id) => clusters.find((one) => one.id === id)?.name ?? id,
      ),
    [channels, clusters],
  );
  const move = async (route: AlertRoute, position: number) => {
    setFailed(null);
    const result = await updateRouteAction({ ...route, position });
    if (!result.ok) setFailed(result.problem);
    onChanged();
  };
  const remove = async ({ id, version, name }: AlertRoute) => {
    setFailed(null);
    const result = await deleteRouteAction({ id, version });
    if (result.ok)
      showToast({
        outcome: 'good',
        title: `${name} was deleted. Its alerts go by the next route that fits.`,
      });
    else setFailed(result.problem);
    onChanged();
  };
  return (
    <Bank
      title="Routes"
      note="the first that fits an alert says who is told"
      end={
        mayChange ? (
          <Button size="sm" onClick={() => onOpen('new')}>
            Add route
          </Button>
        ) : null
      }
    >
      {failed ? <ProblemLine problem={failed} title="Not changed." /> : null}
      <DataTable
        caption="Routes in their order"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        density="two"
        isSticky={false}
        problem={problem}
        isGrey={(row) => !row.isEnabled}
        {...(mayChange ? { onOpen } : {})}
        actions={(row) =>
          mayChange
            ? [
                { label: 'Edit route', onSelect: () => onOpen(row) },
                ...(row.position > 1
                  ? [{ label: 'Move up', onSelect: () => void move(row, row.position - 1) }]
                  : []),
                ...(row.position < rows.length
                  ? [{ label: 'Move down', onSelect: () => void move(row, row.position + 1) }]
                  : []),
                'separator',
                { label: 'Delete route', onSelect: () => void remove(row), isDanger: true },
              ]
            : []
        }
        empty={
          <Empty
            title="Nobody is told of alerts"
            actions={
              mayChange ? (
                <Button variant={channels.length > 0 ? 'primary' : 'default'} onClick={() => onOpen('new')}>
                  Add route
                </Button>
              ) : null
            }
          >
            {channels.length > 0
              ? 'A route says which alerts go to which channels.'
              : 'Add a channel first, then a route that leads to it.'}
          </Empty>
        }
      />
    </Bank>
  );
}
