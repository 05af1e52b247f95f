import { z } from 'zod';
import { listBoards as listKept } from '#lib/gateways/database/boards.ts';
import { Boards } from '#lib/model/board.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { shownBoard } from './board-change.ts';

/** All boards by name. */
export const listBoards = defineQuery({
  name: 'board.list',
  summary: 'All boards by name, each with how many tiles and living links it has.',
  path: '/boards',
  permission: 'board:read',
  input: z.strictObject({}),
  output: Boards,
  target: () => ({ type: 'board', id: 'all', clusterId: null }),
  run: async () => ({
    boards: (await listKept()).map((board) => ({ ...shownBoard(board), tiles: board.tiles.length })),
  }),
});
