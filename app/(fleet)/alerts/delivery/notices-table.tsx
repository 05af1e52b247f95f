'use client';

import Link from 'next/link';
import { useState } from 'react';
import { NoticeStanding } from '#components/alert/notice-state.tsx';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Select } from '#components/ui/input.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { DateTime } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import { type AlertChannel, channelKindWords } from '#lib/model/alert-channel.ts';
import { type AlertNotice, noticeKindWords } from '#lib/model/alert-notice.ts';
import type { Listing } from '#lib/model/listing.ts';
import type { Problem } from '#lib/model/problem.ts';
import { apiPath, paths } from '#lib/paths.ts';
import { retryNoticeAction } from './actions.ts';

const columns: Column<AlertNotice>[] = [
  {
    id: 'what',
    header: 'What',
    isClipped: true,
    cell: (row) =>
      row.incidentIds.length === 1 ? (
        <Link href={paths.incident(row.incidentIds[0]!)} className="wrap-anywhere">
          {row.title}
        </Link>
      ) : (
        <>
          <span className="wrap-anywhere">{row.title}</span>{' '}
          <span className="text-ink-3">{formatCountOf(row.incidentIds.length, 'alert', 'alerts')}</span>
        </>
      ),
  },
  { id: 'state', header: 'State', cell: (row) => <NoticeStanding row={row} /> },
  { id: 'kind', header: 'Why', rank: 2, cell: (row) => noticeKindWords[row.kind] },
  {
    id: 'channel',
    header: 'Channel',
    cell: (row) => (
      <>
        {row.channelName ?? 'Deleted'}{' '}
        <span className="text-ink-3">{row.channelKind ? channelKindWords[row.channelKind] : ''}</span>
      </>
    ),
  },
  { id: 'at', header: 'When', align: 'right', cell: (row) => <DateTime at={row.sentAt ?? row.createdAt} /> },
];

const states = [
  { value: 'all', label: 'All' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'sent', label: 'Sent' },
  { value: 'failed', label: 'Failed' },
];

/** What was sent, what waits, what failed and why. */
export function NoticesTable({
  initial,
  channels,
  mayRetry,
}: {
  initial: Listing<AlertNotice>;
  channels: readonly AlertChannel[];
  mayRetry: boolean;
}) {
  const list = useListUrl({ sort: 'at', filters: ['state', 'channelId'] });
  const live = useLiveQuery<Listing<AlertNotice>>({
    clusterId: null,
    url: apiPath('/alerts/deliveries', { ...list.filters, page: list.page }),
    initial,
    everyMs: 5_000,
  });
  const [failed, setFailed] = useState<Problem | null>(null);
  const data = live.data ?? initial;
  const retry = async ({ id }: AlertNotice) => {
    setFailed(null);
    const result = await retryNoticeAction({ id });
    if (result.ok) showToast({ outcome: 'good', title: 'It is tried again now.' });
    else setFailed(result.problem);
    live.refetch();
  };
  return (
    <Bank
      title="Deliveries"
      note="each is tried 6 times; a receiver that answered too late may get one twice, with the same key"
      isPadded
    >
      {failed ? <ProblemLine problem={failed} title="Not tried again." /> : null}
      <DataTable
        caption="Deliveries, newest first"
        columns={columns}
        rows={data.rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.title}
        density="normal"
        isSticky={false}
        paging={{ page: list.page, pageSize: data.pageSize, total: data.total, onPage: list.setPage }}
        problem={live.problem ?? null}
        onRetry={live.refetch}
        actions={(row) => [
          ...row.incidentIds.slice(0, 3).map((id, at) => ({
            label: row.incidentIds.length === 1 ? 'Open alert' : `Open alert ${at + 1}`,
            href: paths.incident(id),
          })),
          ...(mayRetry && row.state === 'failed'
            ? [{ label: 'Try again', onSelect: () => void retry(row) }]
            : []),
        ]}
        tools={
          <>
            <Segmented
              label="State"
              value={list.filters.state || 'all'}
              onChange={(value) => list.setFilter('state', value === 'all' ? '' : value)}
              segments={states}
            />
            <Select
              aria-label="Channel"
              value={list.filters.channelId}
              options={[
                { value: '', label: 'Every channel' },
                ...channels.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(event) => list.setFilter('channelId', event.target.value)}
            />
          </>
        }
        empty={
          list.isFiltered ? (
            <NoResults
              noun="delivery"
              asked={list.asked}
              total={formatCountOf(data.totalUnfiltered, 'delivery', 'deliveries')}
              onClear={list.clear}
            />
          ) : (
            <Empty title="Nothing was sent yet">Deliveries of alerts appear here, kept for 90 days.</Empty>
          )
        }
      />
    </Bank>
  );
}
