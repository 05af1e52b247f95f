import { insertAccount, type NewAccount } from './accounts.ts';
import { guard, inTransaction, pool } from './client.ts';

/** The token of the first start. There is at most one, known here by its SHA-256. */

export async function replaceSetupToken(hash: string, minutes: number): Promise<void> {
  await guard(() =>
    pool().query(
      `INSERT INTO setup_token (id, hash, created_at, expires_at, used_at)
       VALUES (1, $1, clock_timestamp(), clock_timestamp() + make_interval(mins => $2), NULL)
       ON CONFLICT (id) DO UPDATE SET hash = $1, created_at = excluded.created_at, expires_at = excluded.expires_at, used_at = NULL`,
      [hash, minutes],
    ),
  );
}

/** Whether this is the token and it may still be used. */
export async function isSetupTokenLive(hash: string): Promise<boolean> {
  const { rows } = await guard(() =>
    pool().query<{ found: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM setup_token WHERE hash = $1 AND used_at IS NULL AND expires_at > clock_timestamp()) AS found`,
      [hash],
    ),
  );
  return rows[0]?.found ?? false;
}

/**
 * Makes the first admin and spends the token, or does nothing. Whoever comes second waits for the first and then
 * finds an admin (R11).
 */
export async function createFirstAdmin(
  tokenHash: string,
  admin: Omit<NewAccount, 'role'>,
): Promise<'created' | 'wrong-token' | 'already-done' | 'email-taken'> {
  return inTransaction(async (sql) => {
    await sql.query('SELECT id FROM setup_token FOR UPDATE');
    const { rows } = await sql.query<{ hasAdmin: boolean; isTaken: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM users WHERE role = 'admin') AS "hasAdmin",
         EXISTS (SELECT 1 FROM users WHERE email = $1) AS "isTaken"`,
      [admin.email],
    );
    if (rows[0]?.hasAdmin) return 'already-done';
    const spent = await sql.query(
      `UPDATE setup_token SET used_at = clock_timestamp()
       WHERE hash = $1 AND used_at IS NULL AND expires_at > clock_timestamp() AND NOT $2`,
      [tokenHash, rows[0]?.isTaken ?? false],
    );
    if (rows[0]?.isTaken) return 'email-taken';
    if (spent.rowCount !== 1) return 'wrong-token';
    await insertAccount(sql, { ...admin, role: 'admin' });
    return 'created';
  });
}
