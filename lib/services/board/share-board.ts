import { randomUUID } from 'node:crypto';
import { hashToken, randomToken } from '#lib/auth/random-token.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { insertBoardLink } from '#lib/gateways/database/board-links.ts';
import { ShareBoardInput } from '#lib/model/board.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';
import { boardTarget } from './board-change.ts';

/** Makes a link that shows a board without a sign-in, read-only, until it ends or is revoked. It is in the answer, once, and nowhere else. */
export const shareBoard = defineCommand({
  name: 'board.share',
  permission: 'board:share',
  input: ShareBoardInput,
  target: boardTarget,
  secrets: [],
  changesCluster: false,
  isAnswerSecret: true,
  revalidate: ({ boardId }) => [paths.board(boardId)],
  noted: ({ link }: { link: { id: string } }) => ({ linkId: link.id }),
  run: async (context, input) => {
    const { principal } = context;
    if (principal.via !== 'session')
      throw new AppError('auth.forbidden', { role: principal.role, permission: 'a signed-in session' });
    const token = randomToken();
    const { boardId, label, days } = input;
    const link = await insertBoardLink({
      ...{ id: randomUUID(), boardId, label, days },
      tokenHash: hashToken(token),
      createdBy: principal.name,
    });
    return { link, token, url: new URL(paths.wall(token), env().publicOrigin).href };
  },
});
