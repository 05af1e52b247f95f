import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { revokeAccessToken } from '#lib/gateways/database/access-tokens.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Revokes one's own token; an admin may revoke anybody's. It acts with the next request. */
export const revokeToken = defineCommand({
  name: 'token.revoke',
  permission: 'token:revoke',
  input: z.strictObject({ id: RowId }),
  target: (input) => ({ type: 'token', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.tokens()],
  run: async (context, input) => {
    const owner = context.principal.role === 'admin' ? null : context.principal.userId;
    if (!(await revokeAccessToken(input.id, owner))) throw new AppError('token.not-found');
    return { id: input.id };
  },
});
