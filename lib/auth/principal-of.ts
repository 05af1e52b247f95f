import { findLiveToken, touchAccessToken } from '#lib/gateways/database/access-tokens.ts';
import { findLiveSession, touchSession } from '#lib/gateways/database/sessions.ts';
import { lowerRole, type Principal } from '#lib/model/principal.ts';
import { hashToken } from './random-token.ts';
import { readSessionToken } from './session-cookie.ts';
import { sessionLimits } from './session-limits.ts';

/** Set by our pages on what they ask for by themselves while nobody touches them: it does not prolong a session. */
export const backgroundHeader = 'x-millrace-background';

/** Use is noted at most this often; the idle limit is exact to this many seconds. */
const noteEverySeconds = 30;

/**
 * Who sends a request: by a personal access token in `Authorization`, else by the session cookie; null when neither is
 * there or valid. Role, disabling and revoking are read from the database each time, so that a change acts on the next
 * request (R5).
 * @throws AppError `database.unavailable`
 */
export async function principalOf(headers: Headers): Promise<Principal | null> {
  const authorization = headers.get('authorization');
  // Other schemes belong to a proxy in front of us and say nothing here.
  if (authorization !== null && /^bearer\b/i.test(authorization)) return principalOfToken(authorization);
  const token = readSessionToken(headers);
  if (token === null) return null;
  const limits = sessionLimits();
  const session = await findLiveSession(hashToken(token), limits.maxHours);
  if (!session) return null;
  if (session.idleSeconds > noteEverySeconds && !isBackground(headers))
    await touchSession(session.id, limits);
  const { userId, name, email, role } = session;
  return { userId, name, email, role, via: 'session', credentialId: session.id };
}

/** What a page asks for by itself. An event stream opens and reopens without anybody there. */
const isBackground = (headers: Headers): boolean =>
  headers.get(backgroundHeader) !== null || (headers.get('accept') ?? '').includes('text/event-stream');

/** Shape of a personal access token: a prefix that secret scanners can look for, and 256 random bits. */
export const accessTokenPattern = /^Bearer (mlr_[A-Za-z0-9_-]{43})$/;

async function principalOfToken(authorization: string): Promise<Principal | null> {
  const text = accessTokenPattern.exec(authorization)?.[1];
  if (!text) return null;
  const token = await findLiveToken(hashToken(text));
  if (!token) return null;
  if (token.idleSeconds === null || token.idleSeconds > 60) await touchAccessToken(token.id);
  return {
    userId: token.userId,
    name: token.name,
    email: token.email,
    role: lowerRole(token.userRole, token.tokenRole),
    via: 'token',
    credentialId: token.id,
  };
}
