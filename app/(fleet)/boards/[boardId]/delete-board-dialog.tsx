'use client';

import { useRouter } from 'next/navigation';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { BoardView } from '#lib/model/board.ts';
import { paths } from '#lib/paths.ts';
import { deleteBoardAction } from '../actions.ts';

/** Deletes a board with its tiles and links; what they showed stays in history. */
export function DeleteBoardDialog({ board, onClose }: { board: BoardView; onClose: () => void }) {
  const router = useRouter();
  const form = useActionForm({
    initial: {},
    toInput: () => ({ boardId: board.boardId }),
    action: deleteBoardAction,
    onDone: () => {
      showToast({ title: `Board ${board.name} deleted.` });
      router.push(paths.boards());
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Delete board ${board.name}`}
      description={`Its ${formatCountOf(board.tiles.length, 'tile', 'tiles')} cannot be brought back, and every wall screen goes dark. The numbers themselves stay in history.`}
    >
      <Form
        form={form}
        submit="Delete board"
        problemTitle="Not deleted."
        cancel={<Button onClick={onClose}>Keep board</Button>}
      >
        {null}
      </Form>
    </Dialog>
  );
}
