import { randomUUID } from 'node:crypto';
import { env } from '#lib/env.ts';
import { ensureGuest } from '#lib/gateways/database/accounts.ts';
import { insertSignInLink } from '#lib/gateways/database/sign-in-links.ts';
import type { Role } from '#lib/model/principal.ts';
import { hashToken, randomToken } from './random-token.ts';

/**
 * Makes a link that signs in once as the demo's person of a role, who is made when missing and has no password.
 * The link waits for a click on its page, so that a browser that looks ahead does not spend it.
 * @returns the whole address, valid for 12 hours.
 */
export async function mintSignInLink(role: Exclude<Role, 'admin'>): Promise<string> {
  const guest = await ensureGuest({
    userId: randomUUID(),
    name: `Demo ${role}`,
    email: `${role}@demo.invalid`,
    role,
  });
  const token = randomToken(256);
  await insertSignInLink({
    id: randomUUID(),
    hash: hashToken(token),
    userId: guest.userId,
    minutes: 12 * 60,
  });
  return new URL(`/sign-in/link?token=${token}`, env().publicOrigin).href;
}
