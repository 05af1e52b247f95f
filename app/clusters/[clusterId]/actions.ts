'use server';

import { expose } from '#lib/operations/expose.ts';
import { createBoard } from '#lib/services/board/create-board.ts';
import { pinTile } from '#lib/services/board/pin-tile.ts';

export const createBoardAction = expose(createBoard);
export const pinTileAction = expose(pinTile);
