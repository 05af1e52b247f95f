import { randomUUID } from 'node:crypto';
import { hashPassword } from '#lib/auth/password-hash.ts';
import { insertAccount } from '#lib/gateways/database/accounts.ts';
import { inTransaction, pool } from '#lib/gateways/database/client.ts';
import type { Role } from '#lib/model/principal.ts';

/** Somebody at the door, for tests of the routes that strangers reach. */

export const password = 'tangent-orchard-kiln';

/** A request as the outer gate passes it on, from one address. */
export function visit(
  fields: unknown,
  options: { ip?: string; cookie?: string; headers?: Record<string, string>; body?: BodyInit } = {},
): Request {
  return new Request('https://millrace.test/api/auth/x', {
    method: 'POST',
    body: options.body ?? JSON.stringify(fields),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'a browser',
      'x-millrace-peer': options.ip ?? '192.0.2.1',
      'x-request-id': randomUUID(),
      ...(options.cookie ? { cookie: options.cookie } : {}),
      ...options.headers,
    },
  });
}

/** The session cookie an answer sets, as a browser sends it back; empty when it sets none. */
export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .find((text) => !text.includes('Max-Age=0'))
    ?.split(';')[0] ?? '';

let hash: Promise<string> | undefined;

/** An account with the test password. */
export async function makeAccount(role: Role, email: string): Promise<string> {
  hash ??= hashPassword(password);
  const passwordHash = await hash;
  const userId = randomUUID();
  await inTransaction((sql) =>
    insertAccount(sql, { userId, name: `Test ${role}`, email, role, passwordHash }),
  );
  return userId;
}

/** Forgets all failed attempts, as if a quiet day had passed. */
export const forgetAttempts = async (): Promise<void> => {
  await pool().query('DELETE FROM sign_in_throttles');
};

export type AuditRow = {
  action: string;
  phase: string;
  actor_id: string;
  actor_name: string;
  target_id: string;
  ip: string;
  error_code: string | null;
  details: Record<string, unknown>;
};

/** Audit rows of an action, oldest first. */
export async function auditOf(action: string): Promise<AuditRow[]> {
  const { rows } = await pool().query<AuditRow>('SELECT * FROM audit_events WHERE action = $1 ORDER BY seq', [
    action,
  ]);
  return rows;
}
