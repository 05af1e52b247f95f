'use client';

import { NoticeStanding } from '#components/alert/notice-state.tsx';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { DateTime } from '#components/values/time.tsx';
import { channelKindWords } from '#lib/model/alert-channel.ts';
import { type AlertNotice, noticeKindWords } from '#lib/model/alert-notice.ts';

const columns: Column<AlertNotice>[] = [
  {
    id: 'channel',
    header: 'Channel',
    cell: (row) => (
      <>
        {row.channelName ?? 'A channel that was deleted'}{' '}
        <span className="text-ink-3">{row.channelKind ? channelKindWords[row.channelKind] : ''}</span>
      </>
    ),
  },
  { id: 'kind', header: 'Why', cell: (row) => noticeKindWords[row.kind] },
  { id: 'state', header: 'State', cell: (row) => <NoticeStanding row={row} /> },
  { id: 'at', header: 'When', align: 'right', cell: (row) => <DateTime at={row.sentAt ?? row.createdAt} /> },
];

/** Who was told of an alert, over what, and how that ended; null for who may not see it. */
export function DeliveriesOfIncident({ rows }: { rows: readonly AlertNotice[] | null }) {
  if (rows === null)
    return (
      <Empty title="Not shown">Your role may not see where alerts are sent. The timeline says when.</Empty>
    );
  return (
    <DataTable
      caption="Deliveries of this alert, newest first"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => `${noticeKindWords[row.kind]} to ${row.channelName ?? 'a deleted channel'}`}
      density="normal"
      isSticky={false}
      empty={<Empty title="Nobody was told">No route sent it anywhere.</Empty>}
    />
  );
}
