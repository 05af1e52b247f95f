'use client';

import Link from 'next/link';
import { useState } from 'react';
import { type NewTile, newTileCheck, tileOf, valuesOf } from '#components/board/tile-draft.ts';
import { TileFields } from '#components/board/tile-fields.tsx';
import type { Pinned } from '#components/charts/chart-acts.tsx';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { FieldFrame } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { Boards } from '#lib/model/board.ts';
import type { Once } from '#lib/model/once.ts';
import type { ActionResult } from '#lib/model/problem.ts';
import { apiPath, paths } from '#lib/paths.ts';
import { createBoardAction, pinTileAction } from '../../(fleet)/boards/actions.ts';

const another = 'new';

/** Pins one series to a board that is there, or to a new one. */
export function PinSheet({ pinned, onClose }: { pinned: Pinned; onClose: () => void }) {
  const boards = useLiveQuery<Boards>({ clusterId: null, url: apiPath('/boards', {}) });
  return (
    <Sheet isOpen onClose={onClose} kind="plan" title="Pin to a board" description={pinned.title}>
      {boards.problem && !boards.data ? (
        <ProblemNotice problem={boards.problem} onRetry={boards.refetch} />
      ) : boards.data ? (
        <PinForm pinned={pinned} boards={boards.data.boards} onClose={onClose} />
      ) : (
        <div className="h-[300px]" aria-busy="true" />
      )}
    </Sheet>
  );
}

function PinForm({
  pinned,
  boards,
  onClose,
}: {
  pinned: Pinned;
  boards: Boards['boards'];
  onClose: () => void;
}) {
  const [first] = boards;
  const [boardId, setBoardId] = useState(first?.id ?? another);
  const [name, setName] = useState('');
  const series = [{ clusterId: pinned.clusterId, kind: pinned.kind, name: pinned.name, label: '' }];
  const pin = (tile: NewTile, once: Once): Promise<ActionResult<{ id: string }>> =>
    boardId === another
      ? createBoardAction({ name, note: '', tiles: [{ ...tile, id: 'first' }] }, once)
      : pinTileAction({ boardId, tile }, once);
  const form = useActionForm({
    initial: valuesOf(null, pinned.title.slice(0, 80)),
    toInput: (values) => tileOf(values, series),
    schema: newTileCheck,
    action: pin,
    onDone: ({ id }) => {
      const board = boards.find((each) => each.id === id)?.name ?? name;
      showToast({
        title: `Pinned to ${board}.`,
        children: <Link href={paths.board(id)}>Open board</Link>,
      });
      onClose();
    },
  });
  const isNew = boardId === another;
  return (
    <Form
      form={form}
      submit="Pin to board"
      problemTitle="Not pinned."
      isDisabled={isNew && name.trim() === ''}
      why={isNew && name.trim() === '' ? 'Give the new board a name.' : undefined}
      cancel={<Button onClick={onClose}>Pin nothing</Button>}
    >
      <div className="grid-2">
        <FieldFrame id="pin-board" label="Board">
          <Select
            id="pin-board"
            value={boardId}
            options={[
              ...boards.map((board) => ({ value: board.id, label: board.name })),
              { value: another, label: 'A new board' },
            ]}
            onChange={(event) => setBoardId(event.target.value)}
          />
        </FieldFrame>
        {isNew ? (
          <FieldFrame id="pin-name" label="Name of the new board">
            <Input
              id="pin-name"
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.target.value)}
            />
          </FieldFrame>
        ) : null}
      </div>
      <TileFields form={form} series={series} />
    </Form>
  );
}
