import { z } from 'zod';
import { mintInvitation } from '#lib/auth/accept-invitation.ts';
import { Role } from '#lib/model/principal.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Makes a link by which somebody joins with a role. The link is in the answer, once; an earlier one for the e-mail ends. */
export const inviteUser = defineCommand({
  name: 'user.invite',
  permission: 'user:invite',
  input: z.strictObject({ email: z.email('Write an e-mail address.').max(254), role: Role }),
  target: (input) => ({ type: 'invite', id: input.email, clusterId: null }),
  secrets: [],
  changesCluster: false,
  isAnswerSecret: true,
  revalidate: () => [paths.users()],
  run: async (context, input) => {
    const { invite, link } = await mintInvitation({ ...input, invitedById: context.principal.userId });
    return { link, expiresAt: new Date(invite.expiresAtMs).toISOString() };
  },
});
