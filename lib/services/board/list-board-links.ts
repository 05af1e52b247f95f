import { listBoardLinks as listKept } from '#lib/gateways/database/board-links.ts';
import { readBoard as readKept } from '#lib/gateways/database/boards.ts';
import { BoardLinks, ReadBoardInput } from '#lib/model/board.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { boardTarget } from './board-change.ts';

/** Links that show a board without a sign-in; never their tokens. */
export const listBoardLinks = defineQuery({
  name: 'board.links',
  summary: 'Links that show one board without a sign-in, with when they end and were last used.',
  path: '/boards/[boardId]/links',
  permission: 'board:share',
  input: ReadBoardInput,
  output: BoardLinks,
  target: boardTarget,
  run: async (_context, { boardId }) => {
    await readKept(boardId);
    return { links: await listKept(boardId) };
  },
});
