import { z } from 'zod';
import { announceRevoked } from '#lib/auth/on-revoked.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { changeUser } from '#lib/gateways/database/users.ts';
import { RowId } from '#lib/model/ids.ts';
import { Role } from '#lib/model/principal.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Changes a person's role, or shuts the person out or in again. It acts at once, also on open streams (R5). */
export const updateUser = defineCommand({
  name: 'user.update',
  permission: 'user:update',
  input: z
    .strictObject({ id: RowId, role: Role.optional(), isDisabled: z.boolean().optional() })
    .refine((input) => input.role !== undefined || input.isDisabled !== undefined, 'Nothing is changed.'),
  target: (input) => ({ type: 'user', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.users()],
  run: async (context, input) => {
    if (input.id === context.principal.userId) throw new AppError('user.self');
    const { user } = await changeUser(input.id, {
      ...(input.role === undefined ? {} : { role: input.role }),
      ...(input.isDisabled === undefined ? {} : { isDisabled: input.isDisabled }),
    });
    announceRevoked({ userId: input.id });
    return { id: user.id, role: user.role, isDisabled: user.disabledAtMs !== null };
  },
});
