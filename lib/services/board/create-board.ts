import { insertBoard } from '#lib/gateways/database/boards.ts';
import { CreateBoardInput } from '#lib/model/board.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';
import { assertTiles, newBoardId } from './board-change.ts';

/** Makes a board, with tiles or empty. */
export const createBoard = defineCommand({
  name: 'board.create',
  permission: 'board:update',
  input: CreateBoardInput,
  target: ({ name }) => ({ type: 'board', id: name, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.boards()],
  noted: ({ id }: { id: string; version: number }) => ({ id }),
  run: async (context, input) => {
    assertTiles(input.tiles);
    const { id, version } = await insertBoard(newBoardId(), context.principal.name, input);
    return { id, version };
  },
});
