import { readBoard as readKept } from '#lib/gateways/database/boards.ts';
import { BoardView, ReadBoardInput } from '#lib/model/board.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { boardTarget } from './board-change.ts';
import { viewTiles } from './view-tiles.ts';

/** One board with the values of its tiles now. */
export const viewBoard = defineQuery({
  name: 'board.view',
  summary: 'One board with the values of its tiles, their targets and trends.',
  path: '/boards/[boardId]/view',
  permission: 'board:read',
  input: ReadBoardInput,
  output: BoardView,
  target: boardTarget,
  run: async (_context, { boardId }) => viewTiles(await readKept(boardId)),
});
