import { z } from 'zod';
import { changePassword as setPassword } from '#lib/auth/change-password.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Sets one's own new password; all other sessions of the account end. */
export const changePassword = defineCommand({
  name: 'account.change-password',
  permission: 'account:update',
  input: z.strictObject({
    current: z.string().max(128),
    next: z.string().min(12, 'At least 12 characters.').max(128),
  }),
  target: () => ({ type: 'user', id: 'own', clusterId: null }),
  secrets: ['current', 'next'],
  changesCluster: false,
  revalidate: () => [paths.sessions()],
  run: async (context, input) => ({ endedSessions: await setPassword(context.principal, context.ip, input) }),
});
