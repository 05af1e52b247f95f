import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { revokeInvite as withdraw } from '#lib/gateways/database/invites.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Withdraws an invitation that was not accepted yet. */
export const revokeInvite = defineCommand({
  name: 'invite.revoke',
  permission: 'user:invite',
  input: z.strictObject({ id: RowId }),
  target: (input) => ({ type: 'invite', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.users()],
  run: async (_context, input) => {
    if (!(await withdraw(input.id))) throw new AppError('invite.not-found');
    return { id: input.id };
  },
});
