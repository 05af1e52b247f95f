import { updateBoard as updateKept } from '#lib/gateways/database/boards.ts';
import { UpdateBoardInput } from '#lib/model/board.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';
import { assertTiles, boardTarget } from './board-change.ts';

/** Writes a board over the version that was edited. */
export const updateBoard = defineCommand({
  name: 'board.update',
  permission: 'board:update',
  input: UpdateBoardInput,
  target: boardTarget,
  secrets: [],
  changesCluster: false,
  revalidate: ({ boardId }) => [paths.boards(), paths.board(boardId)],
  run: async (_context, { boardId, version: seen, ...content }) => {
    assertTiles(content.tiles);
    const { id, version } = await updateKept(boardId, seen, content);
    return { id, version };
  },
});
