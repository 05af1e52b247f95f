import { deleteBoard as deleteKept } from '#lib/gateways/database/boards.ts';
import { DeleteBoardInput } from '#lib/model/board.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';
import { boardTarget } from './board-change.ts';

/** Deletes a board; its links show nothing from then on. */
export const deleteBoard = defineCommand({
  name: 'board.delete',
  permission: 'board:update',
  input: DeleteBoardInput,
  target: boardTarget,
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.boards()],
  run: async (_context, { boardId }) => {
    await deleteKept(boardId);
    return { id: boardId };
  },
});
