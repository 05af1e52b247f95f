import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/errors/app-error.ts';
import { readBoard as readKept, updateBoard as updateKept } from '#lib/gateways/database/boards.ts';
import { BoardContent, maxTiles, PinTileInput } from '#lib/model/board.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';
import { assertTiles, boardTarget } from './board-change.ts';

/** How often it is tried again when somebody else writes the same board at that moment. */
const tries = 5;

/** Appends a tile to a board, whoever edits it meanwhile. */
export const pinTile = defineCommand({
  name: 'board.pin-tile',
  permission: 'board:update',
  input: PinTileInput,
  target: boardTarget,
  secrets: [],
  changesCluster: false,
  revalidate: ({ boardId }) => [paths.boards(), paths.board(boardId)],
  run: async (_context, { boardId, tile }) => {
    const added = { ...tile, id: randomUUID() };
    assertTiles([added]);
    for (let left = tries; ; left--) {
      const board = await readKept(boardId);
      if (board.tiles.length >= maxTiles)
        throw new AppError('board.full', { name: board.name, most: maxTiles });
      const { name, note } = board;
      const content = BoardContent.parse({ name, note, tiles: [...board.tiles, added] });
      try {
        const { version } = await updateKept(boardId, board.version, content);
        return { id: boardId, tileId: added.id, version };
      } catch (error) {
        if (left <= 1 || !(error instanceof AppError) || error.code !== 'board.changed') throw error;
      }
    }
  },
});
