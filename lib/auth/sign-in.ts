import { setTimeout } from 'node:timers/promises';
import { isAPIError } from 'better-auth/api';
import { z } from 'zod';
import { recordEvent } from '#lib/audit/record.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { findAccountByEmail, type KnownAccount, markSignedIn } from '#lib/gateways/database/accounts.ts';
import { beginAttemptFrom } from './attempts.ts';
import type { Entered, Visitor } from './auth-route.ts';
import { authServer } from './auth-server.ts';
import { emailField, passwordTry } from './fields.ts';
import { localPath } from './request-guard.ts';
import { endSessionOf, revokeSession, sessionIdOfCookies } from './sessions.ts';
import { accountTarget, actorOf, stranger } from './visitor-actor.ts';

export const SignInInput = z.strictObject({
  email: emailField,
  password: passwordTry,
  next: z.string().max(2000).optional(),
});

/**
 * Signs in by e-mail and password. An unknown e-mail, a wrong password and a disabled account take the same time and
 * give the same answer.
 * @throws AppError `auth.credentials`, `auth.throttled`, `auth.busy`, `audit.unavailable`
 */
export async function signIn(input: z.output<typeof SignInInput>, visitor: Visitor): Promise<Entered> {
  const attempt = await beginAttemptFrom(visitor.ip, input.email);
  const startedAt = performance.now();
  const account = await findAccountByEmail(input.email);
  const setCookies = await tryPassword(input.email, input.password, visitor.headers);
  if (setCookies === null || account === null) {
    await recordFailure(account, visitor);
    await untilNextStep(startedAt);
    throw new AppError('auth.credentials');
  }
  await attempt.succeeded();
  const sessionId = await sessionIdOfCookies(setCookies);
  try {
    await recordEvent(actorOf(account, visitor), 'session.sign-in', accountTarget(account), 'succeeded', {
      by: 'password',
    });
  } catch (error) {
    // A sign-in that cannot be accounted for does not happen.
    if (sessionId) await revokeSession(sessionId);
    throw error;
  }
  await endSessionOf(visitor.headers);
  await markSignedIn(account.userId);
  return { to: localPath(input.next, env().publicOrigin), setCookies };
}

/** The cookies of a new session, or null when the sign-in library refused. */
async function tryPassword(email: string, password: string, headers: Headers): Promise<string[] | null> {
  try {
    const { headers: answer } = await authServer().api.signInEmail({
      body: { email, password },
      headers,
      returnHeaders: true,
    });
    return answer.getSetCookie();
  } catch (error) {
    if (isAPIError(error) && error.statusCode >= 400 && error.statusCode < 500) return null;
    throw error;
  }
}

/** Failures are answered at multiples of this only. */
const stepMs = 200;

/**
 * Waits so that a failure takes a whole number of steps. The hash is computed for unknown accounts too, but a known one
 * costs a few more reads, and beside a fast hash those could be measured.
 */
const untilNextStep = (startedAt: number): Promise<void> =>
  setTimeout(stepMs - ((performance.now() - startedAt) % stepMs));

async function recordFailure(account: KnownAccount | null, visitor: Visitor): Promise<void> {
  // What was typed as an e-mail is kept only when it is one of an account: people type passwords there.
  const details = { by: 'password', account: account ? account.email : 'unknown' };
  const target = account ? accountTarget(account) : { type: 'session' as const, id: '', clusterId: null };
  await recordEvent(stranger(visitor), 'session.sign-in', target, 'failed', details, 'auth.credentials');
}
