import type { Role } from '#lib/model/principal.ts';
import { guard, pool } from './client.ts';

/** Links that sign in once, known here by the SHA-256 of their token. */

export async function insertSignInLink(link: {
  id: string;
  hash: string;
  userId: string;
  minutes: number;
}): Promise<void> {
  await guard(() =>
    pool().query(
      `INSERT INTO sign_in_links (id, hash, user_id, created_at, expires_at)
       VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp() + make_interval(mins => $4))`,
      [link.id, link.hash, link.userId, link.minutes],
    ),
  );
}

/** Whom the link signs in, if it still does. */
export async function findLiveSignInLink(
  hash: string,
): Promise<{ userId: string; name: string; role: Role } | null> {
  const { rows } = await guard(() =>
    pool().query<{ userId: string; name: string; role: Role }>(
      `SELECT u.id AS "userId", u.name, u.role FROM sign_in_links l JOIN users u ON u.id = l.user_id
       WHERE l.hash = $1 AND l.used_at IS NULL AND l.expires_at > clock_timestamp() AND u.disabled_at IS NULL`,
      [hash],
    ),
  );
  return rows[0] ?? null;
}

/** Spends the link. Returns whom it signs in, or null when it was spent already or is over. */
export async function consumeSignInLink(hash: string): Promise<string | null> {
  const { rows } = await guard(() =>
    pool().query<{ user_id: string }>(
      `UPDATE sign_in_links SET used_at = clock_timestamp()
       WHERE hash = $1 AND used_at IS NULL AND expires_at > clock_timestamp() RETURNING user_id`,
      [hash],
    ),
  );
  return rows[0]?.user_id ?? null;
}
