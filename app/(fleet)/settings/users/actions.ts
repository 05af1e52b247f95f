'use server';

import { expose } from '#lib/operations/expose.ts';
import { inviteUser } from '#lib/services/user/invite-user.ts';
import { revokeInvite } from '#lib/services/user/revoke-invite.ts';
import { updateUser } from '#lib/services/user/update-user.ts';

export const inviteUserAction = expose(inviteUser);
export const revokeInviteAction = expose(revokeInvite);
export const updateUserAction = expose(updateUser);
