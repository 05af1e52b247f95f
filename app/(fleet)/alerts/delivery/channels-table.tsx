'use client';

import { useState } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { State } from '#components/ui/mark.tsx';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { formatCountOf } from '#lib/format.ts';
import { type AlertChannel, channelKindWords } from '#lib/model/alert-channel.ts';
import type { Problem } from '#lib/model/problem.ts';
import { deleteChannelAction } from './actions.ts';

/** The newest delivery failed, and none has arrived since. */
const isFailing = ({ health }: AlertChannel): boolean =>
  health.lastFailedAt !== null && (health.lastSentAt === null || health.lastFailedAt > health.lastSentAt);

function Health({ row }: { row: AlertChannel }) {
  const { health } = row;
  if (!row.isEnabled) return <State mark="off">Off</State>;
  if (isFailing(row))
    return (
      <>
        <State mark="critical">Does not deliver</State>
        <div className="text-xs text-ink-3 wrap-anywhere">{health.lastError}</div>
      </>
    );
  return (
    <>
      <State mark="ok">{health.lastSentAt === null ? 'Nothing sent yet' : 'Delivers'}</State>
      {health.waiting > 0 ? (
        <div className="text-xs text-ink-3">{formatCountOf(health.waiting, 'waits', 'wait')}</div>
      ) : null}
    </>
  );
}

const columns: Column<AlertChannel>[] = [
  { id: 'name', header: 'Channel', cell: (row) => <b>{row.name}</b> },
  { id: 'state', header: 'State', cell: (row) => <Health row={row} /> },
  { id: 'kind', header: 'Kind', cell: (row) => channelKindWords[row.kind] },
  {
    id: 'place',
    header: 'To',
    cell: (row) => (
      <>
        <span className="name break-all">{row.place}</span>
        {row.kind === 'webhook' && !row.secretsSet.includes('signingKey') ? (
          <span className="text-ink-3"> not signed</span>
        ) : null}
        {row.allowHttp ? <span className="text-ink-3"> plain http allowed</span> : null}
      </>
    ),
  },
  {
    id: 'last',
    header: 'Last sent',
    align: 'right',
    rank: 2,
    cell: (row) =>
      row.health.lastSentAt === null ? (
        <span className="text-ink-3">Never</span>
      ) : (
        <TimeAgo at={row.health.lastSentAt} />
      ),
  },
];

/** Channels with how their newest deliveries ended. */
export function ChannelsTable({
  rows,
  mayChange,
  onOpen,
  onChanged,
  problem,
}: {
  rows: readonly AlertChannel[];
  mayChange: boolean;
  onOpen: (channel: AlertChannel | 'new') => void;
  onChanged: () => void;
  problem: Problem | null;
}) {
  const [leaving, setLeaving] = useState<AlertChannel | null>(null);
  return (
    <Bank
      title="Channels"
      end={
        mayChange ? (
          <Button size="sm" onClick={() => onOpen('new')}>
            Add channel
          </Button>
        ) : null
      }
    >
      <DataTable
        caption="Channels"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        density="two"
        isSticky={false}
        problem={problem}
        {...(mayChange ? { onOpen } : {})}
        actions={(row) =>
          mayChange
            ? [
                { label: 'Edit channel', onSelect: () => onOpen(row) },
                'separator',
                { label: 'Delete channel', onSelect: () => setLeaving(row), isDanger: true },
              ]
            : []
        }
        empty={
          <Empty
            title="No channel yet"
            actions={
              mayChange ? (
                <Button variant="primary" onClick={() => onOpen('new')}>
                  Add channel
                </Button>
              ) : null
            }
          >
            A channel is where alerts go: a mailbox, Slack, Teams, PagerDuty, Opsgenie, or any address that
            takes JSON.
            {mayChange ? '' : ' An admin can add one.'}
          </Empty>
        }
      />
      <DeleteChannel channel={leaving} onClose={() => setLeaving(null)} onDone={onChanged} />
    </Bank>
  );
}

function DeleteChannel({
  channel,
  onClose,
  onDone,
}: {
  channel: AlertChannel | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);
  const close = () => {
    setProblem(null);
    onClose();
  };
  const remove = async () => {
    if (!channel) return;
    setPending(true);
    const result = await deleteChannelAction({ id: channel.id, version: channel.version });
    setPending(false);
    onDone();
    if (!result.ok) return setProblem(result.problem);
    showToast({ outcome: 'good', title: `${channel.name} was deleted.` });
    close();
  };
  return (
    <Dialog
      isOpen={channel !== null}
      onClose={close}
      title={`Delete ${channel?.name ?? ''}`}
      description="Its secrets are deleted with it, and what waits to be sent over it is dropped."
      footer={
        <>
          <Button onClick={close}>Keep channel</Button>
          <Button variant="danger" onClick={() => void remove()} isPending={isPending}>
            Delete channel
          </Button>
        </>
      }
    >
      {problem ? <ProblemLine problem={problem} title="Not deleted." /> : null}
    </Dialog>
  );
}
