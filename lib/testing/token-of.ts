import { hashToken, randomToken } from '#lib/auth/random-token.ts';
import { insertAccessToken } from '#lib/gateways/database/access-tokens.ts';
import type { Role } from '#lib/model/role.ts';
import { makeAccount } from './visitor.ts';

/** The text of a personal token of a new person with this role, and who that is. */
export async function tokenOf(role: Role): Promise<{ token: string; userId: string }> {
  const token = `mlr_${randomToken(256)}`;
  const userId = await makeAccount(role, `${role}-${randomToken(128)}@example.com`);
  await insertAccessToken({
    id: randomToken(128),
    userId,
    name: 'script',
    hash: hashToken(token),
    prefix: token.slice(0, 10),
    role,
    days: 1,
  });
  return { token, userId };
}
