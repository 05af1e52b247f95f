import { z } from 'zod';
import { listInvites } from '#lib/gateways/database/invites.ts';
import { listUsers as readUsers } from '#lib/gateways/database/users.ts';
import { ListInput, listingOf } from '#lib/model/listing.ts';
import { Role } from '#lib/model/principal.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

export const UserRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  isDisabled: z.boolean(),
  lastSignInAt: z.string().nullable(),
  createdAt: z.string(),
});
export type UserRow = z.infer<typeof UserRow>;

export const InviteRow = z.object({
  id: z.string(),
  email: z.string(),
  role: Role,
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type InviteRow = z.infer<typeof InviteRow>;

export const UserListing = listingOf(UserRow).extend({ invites: z.array(InviteRow) });
export type UserListing = z.infer<typeof UserListing>;

const sorts = {
  name: 'name',
  email: 'email',
  role: 'role',
  seen: 'lastSignInAt',
  created: 'createdAt',
} as const;

/** People with their roles, and the invitations that wait for an answer. */
export const listUsers = defineQuery({
  name: 'user.list',
  summary: 'People with their roles, and open invitations.',
  path: '/users',
  permission: 'user:read',
  input: ListInput,
  output: UserListing,
  target: () => ({ type: 'user', id: 'all', clusterId: null }),
  run: async (_context, input) => {
    const column = (input.sort ?? 'name').replace(/^-/, '');
    const [page, invites] = await Promise.all([
      readUsers({
        q: input.q,
        sort: column in sorts ? sorts[column as keyof typeof sorts] : 'name',
        isDescending: input.sort?.startsWith('-') ?? false,
        page: input.page,
        pageSize: input.pageSize,
      }),
      listInvites(),
    ]);
    const now = Date.now();
    return {
      rows: page.rows.map((user) => ({
        id: user.id,
        name: user.name,
        email: user.email,
        role: user.role,
        isDisabled: user.disabledAtMs !== null,
        lastSignInAt: user.lastSignInAtMs === null ? null : new Date(user.lastSignInAtMs).toISOString(),
        createdAt: new Date(user.createdAtMs).toISOString(),
      })),
      total: page.total,
      totalUnfiltered: page.totalUnfiltered,
      page: input.page,
      pageSize: input.pageSize,
      asOf: new Date(now).toISOString(),
      missing: [],
      invites: invites
        .filter(
          (invite) => invite.acceptedAtMs === null && invite.revokedAtMs === null && invite.expiresAtMs > now,
        )
        .map((invite) => ({
          id: invite.id,
          email: invite.email,
          role: invite.role,
          createdAt: new Date(invite.createdAtMs).toISOString(),
          expiresAt: new Date(invite.expiresAtMs).toISOString(),
        })),
    };
  },
});
