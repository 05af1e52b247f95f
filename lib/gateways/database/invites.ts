import type { Role } from '#lib/model/principal.ts';
import type { Invite } from '#lib/model/user.ts';
import { insertAccount } from './accounts.ts';
import { guard, inTransaction, pool } from './client.ts';

/** Invitations to join, known here by the SHA-256 of the token in their link. */

type Row = {
  id: string;
  email: string;
  role: Role;
  invitedById: string;
  created: Date;
  expires: Date;
  accepted: Date | null;
  revoked: Date | null;
};

const columns = `id, email, role, invited_by_id AS "invitedById", created_at AS created, expires_at AS expires,
  accepted_at AS accepted, revoked_at AS revoked`;

const toInvite = (row: Row): Invite => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedById: row.invitedById,
  createdAtMs: row.created.getTime(),
  expiresAtMs: row.expires.getTime(),
  acceptedAtMs: row.accepted?.getTime() ?? null,
  revokedAtMs: row.revoked?.getTime() ?? null,
});

const isOpen = 'accepted_at IS NULL AND revoked_at IS NULL AND expires_at > clock_timestamp()';

/** Makes an invitation; earlier open ones for the same e-mail are withdrawn, so that one link at most works. */
export async function insertInvite(invite: {
  id: string;
  tokenHash: string;
  email: string;
  role: Role;
  invitedById: string;
  hours: number;
}): Promise<Invite> {
  return inTransaction(async (sql) => {
    await sql.query(`UPDATE invites SET revoked_at = clock_timestamp() WHERE email = $1 AND ${isOpen}`, [
      invite.email,
    ]);
    const { rows } = await sql.query<Row>(
      `INSERT INTO invites (id, token_hash, email, role, invited_by_id, created_at, expires_at)
       VALUES ($1, $2, $3, $4::role, $5, clock_timestamp(), clock_timestamp() + make_interval(hours => $6)) RETURNING ${columns}`,
      [invite.id, invite.tokenHash, invite.email, invite.role, invite.invitedById, invite.hours],
    );
    return toInvite(rows[0]!);
  });
}

/** Invitations that wait, and those that ended in the last 30 days; the newest first. */
export async function listInvites(): Promise<Invite[]> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      `SELECT ${columns} FROM invites WHERE created_at > clock_timestamp() - interval '30 days' OR (${isOpen})
       ORDER BY created_at DESC LIMIT 500`,
    ),
  );
  return rows.map(toInvite);
}

/** The invitation of a link, if it may still be accepted. */
export async function findOpenInvite(tokenHash: string): Promise<Invite | null> {
  const { rows } = await guard(() =>
    pool().query<Row>(`SELECT ${columns} FROM invites WHERE token_hash = $1 AND ${isOpen}`, [tokenHash]),
  );
  return rows[0] ? toInvite(rows[0]) : null;
}

/** Withdraws an open invitation. Returns whether there was one. */
export async function revokeInvite(id: string): Promise<boolean> {
  const { rowCount } = await guard(() =>
    pool().query(`UPDATE invites SET revoked_at = clock_timestamp() WHERE id = $1 AND ${isOpen}`, [id]),
  );
  return rowCount === 1;
}

/** Accepts an invitation: makes the user with the invited e-mail and role, and spends the link, or does neither. */
export async function acceptInvite(
  tokenHash: string,
  person: { userId: string; name: string; passwordHash: string },
): Promise<{ outcome: 'accepted'; email: string; role: Role } | { outcome: 'over' | 'email-taken' }> {
  return inTransaction(async (sql) => {
    const open = await sql.query<{ email: string; role: Role; isTaken: boolean }>(
      `SELECT email, role, EXISTS (SELECT 1 FROM users u WHERE u.email = invites.email) AS "isTaken"
       FROM invites WHERE token_hash = $1 AND ${isOpen} FOR UPDATE`,
      [tokenHash],
    );
    const invite = open.rows[0];
    if (!invite) return { outcome: 'over' };
    if (invite.isTaken) return { outcome: 'email-taken' };
    await insertAccount(sql, { ...person, email: invite.email, role: invite.role });
    await sql.query(
      'UPDATE invites SET accepted_at = clock_timestamp(), accepted_by_id = $2 WHERE token_hash = $1',
      [tokenHash, person.userId],
    );
    return { outcome: 'accepted', email: invite.email, role: invite.role };
  });
}
