import { acceptInvitation, InvitationInput } from '#lib/auth/accept-invitation.ts';
import { authRoute } from '#lib/auth/auth-route.ts';
import { withSearch } from '#lib/paths.ts';

export const POST = authRoute({
  input: InvitationInput,
  page: ({ token }) => withSearch('/invite', { token }),
  enter: acceptInvitation,
});
