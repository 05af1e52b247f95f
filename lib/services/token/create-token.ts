import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { hashToken, randomToken } from '#lib/auth/random-token.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { insertAccessToken } from '#lib/gateways/database/access-tokens.ts';
import { isAtLeast, Role } from '#lib/model/principal.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** By this a token is known in a header, and by scanners for leaked secrets. */
export const tokenPrefix = 'mlr_';

/** Makes a personal access token. Its text is in the answer, once, and nowhere else. */
export const createToken = defineCommand({
  name: 'token.create',
  permission: 'token:create',
  input: z.strictObject({
    name: z.string().trim().min(1, 'A name is missing.').max(80, 'A name has at most 80 characters.'),
    role: Role,
    days: z.coerce
      .number()
      .int()
      .min(1, 'A token lives at least a day.')
      .max(365, 'A token lives at most 365 days.'),
  }),
  target: (input) => ({ type: 'token', id: input.name, clusterId: null }),
  secrets: [],
  changesCluster: false,
  isAnswerSecret: true,
  revalidate: () => [paths.tokens()],
  run: async (context, input) => {
    if (context.principal.via !== 'session')
      throw new AppError('auth.forbidden', {
        role: context.principal.role,
        permission: 'a signed-in session',
      });
    if (!isAtLeast(context.principal.role, input.role)) {
      throw new AppError(
        'token.role',
        { role: context.principal.role },
        { fields: { role: `At most ${context.principal.role}.` } },
      );
    }
    const token = `${tokenPrefix}${randomToken()}`;
    const made = await insertAccessToken({
      id: randomUUID(),
      userId: context.principal.userId,
      name: input.name,
      hash: hashToken(token),
      prefix: token.slice(0, 10),
      role: input.role,
      days: input.days,
    });
    return { id: made.id, token, expiresAt: new Date(made.expiresAtMs).toISOString() };
  },
});
