import { z } from 'zod';
import { revokeSession as endSession, listSessions } from '#lib/auth/sessions.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Ends one of one's own sessions; its next request and its open streams are refused. */
export const revokeSession = defineCommand({
  name: 'session.revoke',
  permission: 'session:revoke',
  input: z.strictObject({ id: RowId }),
  target: (input) => ({ type: 'session', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.sessions()],
  run: async (context, input) => {
    const own = await listSessions(context.principal.userId);
    if (!own.some((session) => session.id === input.id)) throw new AppError('session.not-found');
    await endSession(input.id);
    return { id: input.id };
  },
});
