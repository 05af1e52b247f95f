import { z } from 'zod';
import { recordEvent } from '#lib/audit/record.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { findAccount, markSignedIn } from '#lib/gateways/database/accounts.ts';
import { consumeSignInLink, findLiveSignInLink } from '#lib/gateways/database/sign-in-links.ts';
import type { Role } from '#lib/model/principal.ts';
import { beginAttemptFrom } from './attempts.ts';
import type { Entered, Visitor } from './auth-route.ts';
import { linkToken } from './fields.ts';
import { hashToken } from './random-token.ts';
import { createSession } from './sessions.ts';
import { accountTarget, actorOf, stranger } from './visitor-actor.ts';

export const LinkInput = z.strictObject({ token: linkToken });

/** Whom a one-time link signs in, for its page; null when it does not any more. Looking does not spend it. */
export async function readSignInLink(token: string): Promise<{ name: string; role: Role } | null> {
  return linkToken.safeParse(token).success ? findLiveSignInLink(hashToken(token)) : null;
}

/**
 * Signs in by a one-time link and spends it.
 * @throws AppError `auth.link-used`, `auth.throttled`, `audit.unavailable`
 */
export async function enterByLink(input: z.output<typeof LinkInput>, visitor: Visitor): Promise<Entered> {
  const attempt = await beginAttemptFrom(visitor.ip, null);
  const userId = await consumeSignInLink(hashToken(input.token));
  const account = userId === null ? null : await findAccount(userId);
  if (!account || account.isDisabled) {
    const target = { type: 'session', id: '', clusterId: null } as const;
    await recordEvent(
      stranger(visitor),
      'session.sign-in',
      target,
      'failed',
      { by: 'link' },
      'auth.link-used',
    );
    throw new AppError('auth.link-used');
  }
  await attempt.succeeded();
  await recordEvent(actorOf(account, visitor), 'session.sign-in', accountTarget(account), 'succeeded', {
    by: 'link',
  });
  const session = await createSession(account.userId, visitor.headers);
  if (!session) throw new AppError('auth.link-used');
  await markSignedIn(account.userId);
  return { to: '/', setCookies: session.setCookies };
}
