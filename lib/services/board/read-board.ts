import { readBoard as readKept } from '#lib/gateways/database/boards.ts';
import { Board, ReadBoardInput } from '#lib/model/board.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { boardTarget, shownBoard } from './board-change.ts';

/** One board with its tiles, as it is edited. */
export const readBoard = defineQuery({
  name: 'board.read',
  summary: 'One board with its tiles, without their values.',
  path: '/boards/[boardId]',
  permission: 'board:read',
  input: ReadBoardInput,
  output: Board,
  target: boardTarget,
  run: async (_context, { boardId }) => shownBoard(await readKept(boardId)),
});
