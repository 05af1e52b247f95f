'use server';

import { expose } from '#lib/operations/expose.ts';
import { createBoard } from '#lib/services/board/create-board.ts';
import { deleteBoard } from '#lib/services/board/delete-board.ts';
import { pinTile } from '#lib/services/board/pin-tile.ts';
import { revokeBoardLink } from '#lib/services/board/revoke-board-link.ts';
import { shareBoard } from '#lib/services/board/share-board.ts';
import { updateBoard } from '#lib/services/board/update-board.ts';

export const createBoardAction = expose(createBoard);
export const updateBoardAction = expose(updateBoard);
export const deleteBoardAction = expose(deleteBoard);
export const pinTileAction = expose(pinTile);
export const shareBoardAction = expose(shareBoard);
export const revokeBoardLinkAction = expose(revokeBoardLink);
