import { AppError } from '#lib/errors/app-error.ts';
import { readPasswordHash, replacePassword } from '#lib/gateways/database/accounts.ts';
import type { Principal } from '#lib/model/principal.ts';
import { beginAttemptFrom } from './attempts.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { passwordFault } from './password-policy.ts';
import { revokeSessionsOf } from './sessions.ts';

/**
 * Sets a new password for the principal and ends all other sessions of the account. Who has a password must give it; guesses
 * of it count like those of signing in.
 * @returns how many other sessions ended.
 * @throws AppError `input.invalid` naming the field, `auth.throttled`, `auth.forbidden` when a token asks.
 */
export async function changePassword(
  principal: Principal,
  ip: string,
  passwords: { current: string; next: string },
): Promise<number> {
  if (principal.via !== 'session') {
    throw new AppError('auth.forbidden', { role: principal.role, permission: 'a signed-in browser' });
  }
  const fault = passwordFault(passwords.next, [principal.name, principal.email]);
  if (fault) throw new AppError('input.invalid', {}, { fields: { next: fault } });
  const known = await readPasswordHash(principal.userId);
  if (known !== null) {
    const attempt = await beginAttemptFrom(ip, principal.email);
    if (!(await verifyPassword(known, passwords.current))) {
      throw new AppError('input.invalid', {}, { fields: { current: 'This is not your password.' } });
    }
    await attempt.succeeded();
  }
  await replacePassword(principal.userId, await hashPassword(passwords.next));
  return revokeSessionsOf(principal.userId, principal.credentialId);
}
