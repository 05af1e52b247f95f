import { z } from 'zod';
import { listSessions as readSessions } from '#lib/gateways/database/sessions.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

export const SessionRow = z.object({
  id: z.string(),
  ip: z.string(),
  userAgent: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  isCurrent: z.boolean(),
});
export type SessionRow = z.infer<typeof SessionRow>;

/** Where one is signed in. */
export const listSessions = defineQuery({
  name: 'session.list',
  summary: 'Where you are signed in.',
  path: '/sessions',
  permission: 'session:read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(SessionRow) }),
  target: () => ({ type: 'session', id: 'own', clusterId: null }),
  run: async (context) => {
    const sessions = await readSessions(context.principal.userId);
    return {
      rows: sessions.map((session) => ({
        id: session.id,
        ip: session.ip,
        userAgent: session.userAgent,
        createdAt: new Date(session.createdAtMs).toISOString(),
        lastSeenAt: new Date(session.lastSeenAtMs).toISOString(),
        expiresAt: new Date(session.expiresAtMs).toISOString(),
        isCurrent: session.id === context.principal.credentialId,
      })),
    };
  },
});
