'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Count } from '#components/values/numbers.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { Boards } from '#lib/model/board.ts';
import { apiPath, paths } from '#lib/paths.ts';
import { BoardDialog } from './board-dialog.tsx';

type Row = Boards['boards'][number];

const columns: Column<Row>[] = [
  { id: 'name', header: 'Board', cell: (row) => <Link href={paths.board(row.id)}>{row.name}</Link> },
  { id: 'tiles', header: 'Tiles', align: 'right', cell: (row) => <Count value={row.tiles} /> },
  {
    id: 'links',
    header: 'Wall screens',
    rank: 1,
    cell: (row) => (row.links > 0 ? formatCountOf(row.links, 'link', 'links') : 'Not shared'),
  },
  { id: 'note', header: 'Note', rank: 2, isClipped: true, cell: (row) => row.note },
  { id: 'changed', header: 'Changed', rank: 1, cell: (row) => <TimeAgo at={row.updatedAt} /> },
  { id: 'by', header: 'Made by', rank: 2, cell: (row) => row.createdBy },
];

/** All boards; the first step where there is none. */
export function BoardsView({ initial, mayChange }: { initial: Boards; mayChange: boolean }) {
  const live = useLiveQuery<Boards>({ clusterId: null, url: apiPath('/boards', {}), initial });
  const [isNew, setNew] = useState(false);
  const create = mayChange ? (
    <Button variant="primary" onClick={() => setNew(true)}>
      Create board
    </Button>
  ) : null;
  const { boards } = live.data ?? initial;
  return (
    <>
      <PageHead
        title="Boards"
        facts={['Numbers with targets, for the team and for a screen on the wall']}
        actions={boards.length > 0 ? create : null}
      />
      <div className="pt-4">
        <DataTable
          caption="Boards by name"
          columns={columns}
          rows={boards}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.name}
          density="normal"
          problem={live.problem ?? null}
          onRetry={live.refetch}
          empty={
            <Empty title="No board yet" actions={create}>
              {mayChange
                ? 'A board shows a few numbers large. Every chart can be pinned to it.'
                : 'An operator can make one.'}
            </Empty>
          }
        />
      </div>
      {isNew ? <BoardDialog board={null} onClose={() => setNew(false)} /> : null}
    </>
  );
}
