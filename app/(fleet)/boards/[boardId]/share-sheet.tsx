'use client';

import { useState } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { State } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { useNow } from '#components/values/clock.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import {
  type BoardLink,
  type BoardLinks,
  type BoardView,
  boardLinkDays,
  ShareBoardInput,
} from '#lib/model/board.ts';
import type { Problem } from '#lib/model/problem.ts';
import { apiPath } from '#lib/paths.ts';
import { revokeBoardLinkAction, shareBoardAction } from '../actions.ts';

const isLiving = (link: BoardLink, now: number): boolean =>
  link.revokedAt === null && Date.parse(link.expiresAt) > now;

/** Links that show the board on a wall without a sign-in: made, shown once, revoked. */
export function ShareSheet({ board, onClose }: { board: BoardView; onClose: () => void }) {
  const { boardId } = board;
  const now = useNow();
  const live = useLiveQuery<BoardLinks>({
    clusterId: null,
    url: apiPath('/boards/[boardId]/links', { boardId }),
  });
  const [url, setUrl] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useActionForm({
    initial: { label: '', days: String(boardLinkDays.usual) },
    toInput: ({ label, days }) => ({ boardId, label, days: Number(days) }),
    schema: ShareBoardInput,
    action: shareBoardAction,
    onDone: (made: { url: string }) => {
      setUrl(made.url);
      form.reset();
      live.refetch();
    },
  });
  const revoke = async (link: BoardLink) => {
    setProblem(null);
    const result = await revokeBoardLinkAction({ boardId, linkId: link.id });
    if (!result.ok) setProblem(result.problem);
    live.refetch();
  };
  return (
    <Sheet
      isOpen
      onClose={onClose}
      kind="plan"
      title="Wall screens"
      description={`Whoever has such a link sees ${board.name} without a sign-in, read-only, and nothing else.`}
    >
      <Form form={form} submit="Make link" problemTitle="Not made.">
        <div className="grid-2">
          <TextField field={form.field('label')} label="Where it hangs" help="Such as Wall, 3rd floor." />
          <TextField
            field={form.field('days')}
            label="Lives"
            suffix="days"
            inputMode="numeric"
            help={`At most ${boardLinkDays.most}.`}
          />
        </div>
      </Form>
      {url ? (
        <Notice
          tone="good"
          title="Copy the link now."
          end={<CopyButton text={url} label="Copy link" />}
          isAnnounced
          className="mt-3"
        >
          It is not kept and cannot be shown again. <span className="name break-all">{url}</span>
        </Notice>
      ) : null}
      {problem ? <ProblemLine problem={problem} title="Not revoked." /> : null}
      <Bank title="Links">
        <DataTable
          caption={`Links that show ${board.name}`}
          columns={columnsOf(revoke, now)}
          rows={live.data?.links}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.label}
          isSticky={false}
          isGrey={(row) => !isLiving(row, now)}
          problem={live.problem ?? null}
          onRetry={live.refetch}
          loading="Reading links."
          empty={<Empty title="No link yet">Nobody sees this board without a sign-in.</Empty>}
        />
      </Bank>
    </Sheet>
  );
}

const columnsOf = (revoke: (link: BoardLink) => Promise<void>, now: number): Column<BoardLink>[] => [
  { id: 'label', header: 'Where', cell: (row) => <b>{row.label}</b> },
  {
    id: 'state',
    header: 'State',
    cell: (row) =>
      isLiving(row, now) ? (
        <State mark="ok">Shows</State>
      ) : (
        <State mark="off">{row.revokedAt ? 'Revoked' : 'Ended'}</State>
      ),
  },
  {
    id: 'used',
    header: 'Last seen',
    cell: (row) => (row.lastUsedAt ? <TimeAgo at={row.lastUsedAt} /> : 'Never'),
  },
  { id: 'ends', header: 'Ends', rank: 1, cell: (row) => <TimeAgo at={row.expiresAt} /> },
  {
    id: 'act',
    header: 'Revoke',
    isHeadHidden: true,
    align: 'right',
    cell: (row) =>
      isLiving(row, now) ? (
        <Button size="sm" variant="danger-quiet" onClick={() => void revoke(row)}>
          Revoke
        </Button>
      ) : null,
  },
];
