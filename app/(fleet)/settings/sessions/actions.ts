'use server';

import { expose } from '#lib/operations/expose.ts';
import { changePassword } from '#lib/services/account/change-password.ts';
import { revokeSession } from '#lib/services/session/revoke-session.ts';

export const revokeSessionAction = expose(revokeSession);
export const changePasswordAction = expose(changePassword);
