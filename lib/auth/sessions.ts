import {
  deleteSession,
  deleteSessionByToken,
  deleteSessionsOf,
  findLiveSession,
} from '#lib/gateways/database/sessions.ts';
import { authServer } from './auth-server.ts';
import { announceRevoked } from './on-revoked.ts';
import { hashToken } from './random-token.ts';
import { readSessionToken } from './session-cookie.ts';
import { sessionLimits } from './session-limits.ts';

export { listSessions } from '#lib/gateways/database/sessions.ts';

export type StartedSession = { sessionId: string; setCookies: string[] };

/**
 * Signs a user in without a password: makes a new session and ends the one the browser had.
 * @returns the cookies to set, or null when the user is disabled or gone.
 */
export async function createSession(userId: string, headers: Headers): Promise<StartedSession | null> {
  const { headers: answer, response } = await authServer().api.startSession({
    body: { userId },
    headers,
    returnHeaders: true,
  });
  if (!response.sessionId) return null;
  await endSessionOf(headers);
  return { sessionId: response.sessionId, setCookies: answer.getSetCookie() };
}

/** Ends the session whose cookie a request carries. Returns whose it was. */
export async function endSessionOf(headers: Headers): Promise<{ id: string; userId: string } | null> {
  const token = readSessionToken(headers);
  const ended = token === null ? null : await deleteSessionByToken(hashToken(token));
  if (ended) announceRevoked({ credentialIds: [ended.id] });
  return ended;
}

/** The id of a session made in this moment, found by the cookie it was given. */
export async function sessionIdOfCookies(setCookies: readonly string[]): Promise<string | null> {
  const cookie = setCookies.map((text) => text.split(';')[0]).join('; ');
  const token = readSessionToken(new Headers({ cookie }));
  const session = token && (await findLiveSession(hashToken(token), sessionLimits().maxHours));
  return session ? session.id : null;
}

/** Ends one session, and the streams it has open. Returns whose it was, or null when there is none. */
export async function revokeSession(id: string): Promise<string | null> {
  const userId = await deleteSession(id);
  announceRevoked({ credentialIds: [id] });
  return userId;
}

/** Ends all sessions of a user but one that may be spared, and their streams. Returns how many. */
export async function revokeSessionsOf(userId: string, exceptId: string | null = null): Promise<number> {
  const ids = await deleteSessionsOf(userId, exceptId);
  announceRevoked({ credentialIds: ids });
  return ids.length;
}
