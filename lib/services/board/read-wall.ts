import { hashToken } from '#lib/auth/random-token.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { boardOfLink } from '#lib/gateways/database/board-links.ts';
import { readBoard as readKept } from '#lib/gateways/database/boards.ts';
import type { BoardView } from '#lib/model/board.ts';
import { takeToken } from '#lib/operations/rate.ts';
import { viewTiles } from './view-tiles.ts';

/**
 * The board that a link shows, with its values: the one thing that is read without a principal. The link is the right to
 * it and to nothing else, so this asks for no permission, and gives neither ids of people nor anything that is not on the board.
 * @param from the asker's address, whose requests are counted (R26)
 * @throws AppError `wall.closed`, `rate.limited`
 */
export async function readWall(token: string, from: string): Promise<BoardView> {
  takeToken(`wall:${from}`, 'read');
  const boardId = token.length <= 100 ? await boardOfLink(hashToken(token)) : null;
  if (boardId === null) throw new AppError('wall.closed');
  return viewTiles(await readKept(boardId));
}
