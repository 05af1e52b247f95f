import { AppError } from '#lib/errors/app-error.ts';
import { revokeBoardLink as revokeKept } from '#lib/gateways/database/board-links.ts';
import { RevokeBoardLinkInput } from '#lib/model/board.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';
import { boardTarget } from './board-change.ts';

/** Ends a link of a board at once: its next request is answered with nothing. */
export const revokeBoardLink = defineCommand({
  name: 'board.revoke-link',
  permission: 'board:share',
  input: RevokeBoardLinkInput,
  target: boardTarget,
  secrets: [],
  changesCluster: false,
  revalidate: ({ boardId }) => [paths.board(boardId)],
  run: async (_context, { boardId, linkId }) => {
    if (!(await revokeKept(boardId, linkId))) throw new AppError('board.link-not-found');
    return { id: linkId };
  },
});
