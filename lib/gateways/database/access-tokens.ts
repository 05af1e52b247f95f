import type { AccessToken } from '#lib/model/access-token.ts';
import type { Role } from '#lib/model/principal.ts';
import { guard, pool } from './client.ts';

/** Personal access tokens by the SHA-256 of their text. All times are the database's. */

export type NewAccessToken = {
  id: string;
  userId: string;
  name: string;
  hash: string;
  prefix: string;
  role: Role;
  /** Days until it ends. */
  days: number;
};

/** Whose token it is, with the rights its owner has now. */
export type LiveToken = {
  id: string;
  userId: string;
  name: string;
  email: string;
  userRole: Role;
  tokenRole: Role;
  /** Seconds since it was last used; null when it never was. */
  idleSeconds: number | null;
};

type Row = {
  id: string;
  userId: string;
  name: string;
  prefix: string;
  role: Role;
  created: Date;
  expires: Date;
  used: Date | null;
  revoked: Date | null;
};

const columns = `id, user_id AS "userId", name, prefix, role, created_at AS created, expires_at AS expires,
  last_used_at AS used, revoked_at AS revoked`;

const toToken = (row: Row): AccessToken => ({
  id: row.id,
  userId: row.userId,
  name: row.name,
  prefix: row.prefix,
  role: row.role,
  createdAtMs: row.created.getTime(),
  expiresAtMs: row.expires.getTime(),
  lastUsedAtMs: row.used?.getTime() ?? null,
  revokedAtMs: row.revoked?.getTime() ?? null,
});

export async function insertAccessToken(token: NewAccessToken): Promise<AccessToken> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      `INSERT INTO access_tokens (id, user_id, name, hash, prefix, role, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6::role, clock_timestamp(), clock_timestamp() + make_interval(days => $7))
       RETURNING ${columns}`,
      [token.id, token.userId, token.name, token.hash, token.prefix, token.role, token.days],
    ),
  );
  return toToken(rows[0]!);
}

/** Tokens of a user, or of everybody, the newest first; revoked and expired ones for 90 days more. */
export async function listAccessTokens(userId: string | null): Promise<AccessToken[]> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      `SELECT ${columns} FROM access_tokens
       WHERE ($1::text IS NULL OR user_id = $1)
         AND least(coalesce(revoked_at, expires_at), expires_at) > clock_timestamp() - interval '90 days'
       ORDER BY created_at DESC LIMIT 500`,
      [userId],
    ),
  );
  return rows.map(toToken);
}

/** The token with this hash if it may be used: neither expired nor revoked, its owner not disabled. */
export async function findLiveToken(hash: string): Promise<LiveToken | null> {
  const { rows } = await guard(() =>
    pool().query<LiveToken>(
      `SELECT t.id, t.user_id AS "userId", u.name, u.email, u.role AS "userRole", t.role AS "tokenRole",
         extract(epoch FROM clock_timestamp() - t.last_used_at)::float8 AS "idleSeconds"
       FROM access_tokens t JOIN users u ON u.id = t.user_id
       WHERE t.hash = $1 AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp() AND u.disabled_at IS NULL`,
      [hash],
    ),
  );
  return rows[0] ?? null;
}

export async function touchAccessToken(id: string): Promise<void> {
  await guard(() =>
    pool().query('UPDATE access_tokens SET last_used_at = clock_timestamp() WHERE id = $1', [id]),
  );
}

/** Revokes a token; with `userId` only if it is that user's. Returns whether there was one to revoke. */
export async function revokeAccessToken(id: string, userId: string | null): Promise<boolean> {
  const { rowCount } = await guard(() =>
    pool().query(
      `UPDATE access_tokens SET revoked_at = clock_timestamp()
       WHERE id = $1 AND revoked_at IS NULL AND ($2::text IS NULL OR user_id = $2)`,
      [id, userId],
    ),
  );
  return rowCount === 1;
}

/** Which of these sessions and tokens may still be used, with the role each is worth now. */
export async function liveCredentials(
  sessionIds: readonly string[],
  tokenIds: readonly string[],
): Promise<Map<string, { userRole: Role; tokenRole: Role | null }>> {
  const { rows } = await guard(() =>
    pool().query<{ id: string; userRole: Role; tokenRole: Role | null }>(
      `SELECT s.id, u.role AS "userRole", NULL AS "tokenRole" FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.id = ANY($1) AND s.expires_at > clock_timestamp() AND u.disabled_at IS NULL
       UNION ALL
       SELECT t.id, u.role, t.role::text FROM access_tokens t JOIN users u ON u.id = t.user_id
       WHERE t.id = ANY($2) AND t.expires_at > clock_timestamp() AND t.revoked_at IS NULL AND u.disabled_at IS NULL`,
      [sessionIds, tokenIds],
    ),
  );
  return new Map(rows.map(({ id, userRole, tokenRole }) => [id, { userRole, tokenRole }]));
}
