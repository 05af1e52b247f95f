import { AppError } from '#lib/errors/app-error.ts';
import type { Role } from '#lib/model/principal.ts';
import type { User } from '#lib/model/user.ts';
import { guard, inTransaction, prisma } from './client.ts';
import type { Prisma, User as UserRow } from './generated/client.ts';

export type UserSort = 'name' | 'email' | 'role' | 'lastSignInAt' | 'createdAt';

export type UserPage = {
  /** Part of a name or an e-mail. */
  q?: string;
  sort?: UserSort;
  isDescending?: boolean;
  page: number;
  pageSize: number;
};

/** One page of the users. */
export async function listUsers(
  wanted: UserPage,
): Promise<{ rows: User[]; total: number; totalUnfiltered: number }> {
  const contains = { contains: wanted.q ?? '', mode: 'insensitive' as const };
  const where: Prisma.UserWhereInput = wanted.q ? { OR: [{ name: contains }, { email: contains }] } : {};
  const direction = wanted.isDescending ? 'desc' : 'asc';
  return guard(async () => {
    const [rows, total, totalUnfiltered] = await Promise.all([
      prisma().user.findMany({
        where,
        orderBy: [{ [wanted.sort ?? 'name']: direction }, { id: 'asc' }],
        skip: (wanted.page - 1) * wanted.pageSize,
        take: wanted.pageSize,
      }),
      prisma().user.count({ where }),
      prisma().user.count(),
    ]);
    return { rows: rows.map(toUser), total, totalUnfiltered };
  });
}

/**
 * Changes a role or shuts a user out. The sessions of somebody who is shut out end in the same transaction.
 * @throws AppError `user.not-found`; `user.last-admin` when nobody would be left to administer
 */
export async function changeUser(
  id: string,
  changes: { role?: Role; isDisabled?: boolean },
): Promise<{ user: User; endedSessionIds: string[] }> {
  return inTransaction(async (sql) => {
    // All admins are locked: two who take each other's role away at once would otherwise both see one left.
    const admins = await sql.query<{ id: string }>(
      `SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE`,
    );
    const isDemoted = (changes.role !== undefined && changes.role !== 'admin') || changes.isDisabled === true;
    if (isDemoted && admins.rows.every((admin) => admin.id === id) && admins.rows.length > 0) {
      throw new AppError('user.last-admin');
    }
    const { rows } = await sql.query<SqlRow>(
      `UPDATE users SET role = coalesce($2::role, role), updated_at = now(),
         disabled_at = CASE WHEN $3::boolean IS NULL THEN disabled_at WHEN $3 THEN coalesce(disabled_at, now()) END
       WHERE id = $1
       RETURNING id, name, email, role, disabled_at AS "disabledAt", last_sign_in_at AS "lastSignInAt",
         created_at AS "createdAt"`,
      [id, changes.role ?? null, changes.isDisabled ?? null],
    );
    if (!rows[0]) throw new AppError('user.not-found');
    const ended = changes.isDisabled
      ? await sql.query<{ id: string }>('DELETE FROM sessions WHERE user_id = $1 RETURNING id', [id])
      : { rows: [] };
    return { user: toUser(rows[0]), endedSessionIds: ended.rows.map((session) => session.id) };
  });
}

type SqlRow = Pick<UserRow, 'id' | 'name' | 'email' | 'role' | 'disabledAt' | 'lastSignInAt' | 'createdAt'>;

const toUser = (row: SqlRow): User => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  disabledAtMs: row.disabledAt?.getTime() ?? null,
  lastSignInAtMs: row.lastSignInAt?.getTime() ?? null,
  createdAtMs: row.createdAt.getTime(),
});
