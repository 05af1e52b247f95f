import type { PoolClient } from 'pg';
import type { Role } from '#lib/model/principal.ts';
import { guard, inTransaction, pool } from './client.ts';

/** People and their passwords, as signing in needs them. */

export type NewAccount = { userId: string; name: string; email: string; role: Role; passwordHash: string };

/** A user with a password, in the rows the sign-in library expects. */
export async function insertAccount(sql: PoolClient, account: NewAccount): Promise<void> {
  await sql.query(
    `INSERT INTO users (id, name, email, email_verified, role, created_at, updated_at)
     VALUES ($1, $2, $3, true, $4::role, clock_timestamp(), clock_timestamp())`,
    [account.userId, account.name, account.email, account.role],
  );
  await sql.query(
    `INSERT INTO accounts (id, account_id, provider_id, user_id, password, created_at, updated_at)
     VALUES ($1, $1, 'credential', $1, $2, clock_timestamp(), clock_timestamp())`,
    [account.userId, account.passwordHash],
  );
}

export type KnownAccount = { userId: string; name: string; email: string; role: Role; isDisabled: boolean };

const accountColumns = `id AS "userId", name, email, role, disabled_at IS NOT NULL AS "isDisabled"`;

export async function findAccountByEmail(email: string): Promise<KnownAccount | null> {
  const { rows } = await guard(() =>
    pool().query<KnownAccount>(`SELECT ${accountColumns} FROM users WHERE email = $1`, [email]),
  );
  return rows[0] ?? null;
}

export async function findAccount(userId: string): Promise<KnownAccount | null> {
  const { rows } = await guard(() =>
    pool().query<KnownAccount>(`SELECT ${accountColumns} FROM users WHERE id = $1`, [userId]),
  );
  return rows[0] ?? null;
}

/** The password of a user as it is stored; null when the user has none. */
export async function readPasswordHash(userId: string): Promise<string | null> {
  const { rows } = await guard(() =>
    pool().query<{ password: string | null }>(
      `SELECT password FROM accounts WHERE user_id = $1 AND provider_id = 'credential'`,
      [userId],
    ),
  );
  return rows[0]?.password ?? null;
}

/** Replaces the password of a user, who may not have had one. */
export async function replacePassword(userId: string, passwordHash: string): Promise<void> {
  await guard(() =>
    pool().query(
      `INSERT INTO accounts (id, account_id, provider_id, user_id, password, created_at, updated_at)
       VALUES ($1, $1, 'credential', $1, $2, clock_timestamp(), clock_timestamp())
       ON CONFLICT (provider_id, account_id) DO UPDATE SET password = $2, updated_at = clock_timestamp()`,
      [userId, passwordHash],
    ),
  );
}

export async function markSignedIn(userId: string): Promise<void> {
  await guard(() =>
    pool().query('UPDATE users SET last_sign_in_at = clock_timestamp() WHERE id = $1', [userId]),
  );
}

/** Whether there is an admin, active or not: then the first start is over. */
export async function hasAdmin(): Promise<boolean> {
  const { rows } = await guard(() =>
    pool().query<{ found: boolean }>(`SELECT EXISTS (SELECT 1 FROM users WHERE role = 'admin') AS found`),
  );
  return rows[0]?.found ?? false;
}

/** A user without password, who comes in by one-time links only. Made when missing; an existing one stays as it is. */
export async function ensureGuest(guest: {
  userId: string;
  name: string;
  email: string;
  role: Role;
}): Promise<KnownAccount> {
  return inTransaction(async (sql) => {
    await sql.query(
      `INSERT INTO users (id, name, email, email_verified, role, created_at, updated_at)
       VALUES ($1, $2, $3, true, $4::role, clock_timestamp(), clock_timestamp()) ON CONFLICT (email) DO NOTHING`,
      [guest.userId, guest.name, guest.email, guest.role],
    );
    const { rows } = await sql.query<KnownAccount>(`SELECT ${accountColumns} FROM users WHERE email = $1`, [
      guest.email,
    ]);
    return rows[0]!;
  });
}
