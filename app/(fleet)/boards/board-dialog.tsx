'use client';

import { useRouter } from 'next/navigation';
import { TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { type BoardContent, type BoardView, CreateBoardInput } from '#lib/model/board.ts';
import { paths } from '#lib/paths.ts';
import { createBoardAction, updateBoardAction } from './actions.ts';
import { contentOf } from './change-tiles.ts';

/** Names a board: a new one, or one that is there. */
export function BoardDialog({ board, onClose }: { board: BoardView | null; onClose: () => void }) {
  const router = useRouter();
  const form = useActionForm({
    initial: { name: board?.name ?? '', note: board?.note ?? '' },
    toInput: (values): BoardContent => ({ tiles: board ? contentOf(board).tiles : [], ...values }),
    schema: CreateBoardInput,
    action: (content, once) =>
      board
        ? updateBoardAction({ ...content, boardId: board.boardId, version: board.version }, once)
        : createBoardAction(content, once),
    onDone: ({ id }) => {
      onClose();
      if (!board) router.push(paths.board(id));
    },
  });
  return (
    <Dialog isOpen onClose={onClose} title={board ? 'Rename board' : 'Create board'}>
      <Form
        form={form}
        submit={board ? 'Rename board' : 'Create board'}
        problemTitle={board ? 'Not renamed.' : 'Not created.'}
        cancel={<Button onClick={onClose}>{board ? 'Keep name' : 'Create none'}</Button>}
      >
        <TextField field={form.field('name')} label="Name" hasFocus />
        <TextField
          field={form.field('note')}
          label="Note"
          isOptional
          help="What it is for, or who looks at it."
        />
      </Form>
    </Dialog>
  );
}
