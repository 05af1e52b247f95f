import type { Role } from '#lib/model/principal.ts';
import type { Session } from '#lib/model/session.ts';
import { guard, pool } from './client.ts';

/**
 * Sessions by the SHA-256 of their token. All times are the database's, so that a wrong clock of an application server
 * neither ends nor prolongs anything (F10).
 */

/** How long a session lives: without activity, and at all. */
export type SessionLimits = { idleMinutes: number; maxHours: number };

export type NewSession = {
  id: string;
  userId: string;
  tokenHash: string;
  ip: string;
  userAgent: string;
};

/** Whose session it is, with the rights the person has now. */
export type LiveSession = {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: Role;
  /** Seconds since it was last used. */
  idleSeconds: number;
};

const expiry = `least(clock_timestamp() + make_interval(mins => $1), created_at + make_interval(hours => $2))`;

/** Makes a session, unless the user does not exist or is disabled. */
export async function insertSession(session: NewSession, limits: SessionLimits): Promise<boolean> {
  const { rowCount } = await guard(() =>
    pool().query(
      `INSERT INTO sessions (id, user_id, token, ip_address, user_agent, expires_at, last_seen_at, authenticated_at, created_at, updated_at)
       SELECT $3, id, $5, $6, $7, least(now + make_interval(mins => $1), now + make_interval(hours => $2)), now, now, now, now
       FROM users, (SELECT clock_timestamp() AS now) AS clock WHERE id = $4 AND disabled_at IS NULL`,
      [
        ...[limits.idleMinutes, limits.maxHours],
        ...[session.id, session.userId, session.tokenHash],
        ...[session.ip.slice(0, 100), session.userAgent.slice(0, 500).replaceAll('\u0000', '')],
      ],
    ),
  );
  return rowCount === 1;
}

/** The session of a token that may still be used: neither idle nor old beyond its limits, its user not disabled. */
export async function findLiveSession(tokenHash: string, maxHours: number): Promise<LiveSession | null> {
  const { rows } = await guard(() =>
    pool().query<LiveSession>(
      `SELECT s.id, s.user_id AS "userId", u.name, u.email, u.role,
         extract(epoch FROM clock_timestamp() - s.last_seen_at)::float8 AS "idleSeconds"
       FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.token = $1 AND u.disabled_at IS NULL AND s.expires_at > clock_timestamp()
         AND s.created_at + make_interval(hours => $2) > clock_timestamp()`,
      [tokenHash, maxHours],
    ),
  );
  return rows[0] ?? null;
}

/** Notes that the session was used just now, which puts its end off. */
export async function touchSession(id: string, limits: SessionLimits): Promise<void> {
  await guard(() =>
    pool().query(
      `UPDATE sessions SET last_seen_at = clock_timestamp(), updated_at = clock_timestamp(), expires_at = ${expiry}
       WHERE id = $3 AND expires_at > clock_timestamp()`,
      [limits.idleMinutes, limits.maxHours, id],
    ),
  );
}

/** Sessions of a user that may still be used, the last used first. */
export async function listSessions(userId: string): Promise<Session[]> {
  const { rows } = await guard(() =>
    pool().query<{
      id: string;
      ip: string | null;
      agent: string | null;
      created: Date;
      seen: Date;
      expires: Date;
    }>(
      `SELECT id, ip_address AS ip, user_agent AS agent, created_at AS created, last_seen_at AS seen, expires_at AS expires
       FROM sessions WHERE user_id = $1 AND expires_at > clock_timestamp() ORDER BY last_seen_at DESC LIMIT 200`,
      [userId],
    ),
  );
  return rows.map((row) => ({
    id: row.id,
    userId,
    ip: row.ip ?? '',
    userAgent: row.agent ?? '',
    createdAtMs: row.created.getTime(),
    lastSeenAtMs: row.seen.getTime(),
    expiresAtMs: row.expires.getTime(),
  }));
}

/** Ends one session. Returns whose it was, or null when there is none. */
export async function deleteSession(id: string): Promise<string | null> {
  const { rows } = await guard(() =>
    pool().query<{ user_id: string }>('DELETE FROM sessions WHERE id = $1 RETURNING user_id', [id]),
  );
  return rows[0]?.user_id ?? null;
}

/** Ends the session of a token. Returns it, or null when there is none. */
export async function deleteSessionByToken(
  tokenHash: string,
): Promise<{ id: string; userId: string } | null> {
  const { rows } = await guard(() =>
    pool().query<{ id: string; userId: string }>(
      'DELETE FROM sessions WHERE token = $1 RETURNING id, user_id AS "userId"',
      [tokenHash],
    ),
  );
  return rows[0] ?? null;
}

/** Ends all sessions of a user, but for one that may be spared. Returns their ids. */
export async function deleteSessionsOf(userId: string, exceptId: string | null = null): Promise<string[]> {
  const { rows } = await guard(() =>
    pool().query<{ id: string }>(
      'DELETE FROM sessions WHERE user_id = $1 AND ($2::text IS NULL OR id <> $2) RETURNING id',
      [userId, exceptId],
    ),
  );
  return rows.map(({ id }) => id);
}

/** Removes sessions that ended more than a day ago. */
export async function purgeSessions(): Promise<void> {
  await guard(() =>
    pool().query(`DELETE FROM sessions WHERE expires_at < clock_timestamp() - interval '1 day'`),
  );
}
