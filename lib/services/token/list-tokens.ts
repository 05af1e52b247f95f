import { z } from 'zod';
import { listAccessTokens } from '#lib/gateways/database/access-tokens.ts';
import { Role } from '#lib/model/principal.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

export const TokenRow = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  role: Role,
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** `active`, `expired` or `revoked`. */
  state: z.enum(['active', 'expired', 'revoked']),
});
export type TokenRow = z.infer<typeof TokenRow>;

/** One's own personal access tokens. The token itself is shown once, when it is made. */
export const listTokens = defineQuery({
  name: 'token.list',
  summary: 'Your personal access tokens.',
  path: '/tokens',
  permission: 'token:read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(TokenRow) }),
  target: () => ({ type: 'token', id: 'own', clusterId: null }),
  run: async (context) => {
    const now = Date.now();
    const tokens = await listAccessTokens(context.principal.userId);
    return {
      rows: tokens.map((token) => ({
        id: token.id,
        name: token.name,
        prefix: token.prefix,
        role: token.role,
        createdAt: new Date(token.createdAtMs).toISOString(),
        expiresAt: new Date(token.expiresAtMs).toISOString(),
        lastUsedAt: token.lastUsedAtMs === null ? null : new Date(token.lastUsedAtMs).toISOString(),
        state:
          token.revokedAtMs !== null
            ? ('revoked' as const)
            : token.expiresAtMs <= now
              ? ('expired' as const)
              : ('active' as const),
      })),
    };
  },
});
