import { z } from 'zod';
import { recordEvent } from '#lib/audit/record.ts';
import { findAccount } from '#lib/gateways/database/accounts.ts';
import { log } from '#lib/log.ts';
import type { Entered, Visitor } from './auth-route.ts';
import { expiredSessionCookie } from './session-cookie.ts';
import { endSessionOf } from './sessions.ts';
import { accountTarget, actorOf } from './visitor-actor.ts';

export const SignOutInput = z.strictObject({});

/** Ends the session of the browser and its open streams. Works without one too: the cookie goes in any case. */
export async function signOut(_input: z.output<typeof SignOutInput>, visitor: Visitor): Promise<Entered> {
  const ended = await endSessionOf(visitor.headers);
  const account = ended && (await findAccount(ended.userId));
  if (ended && account) {
    try {
      await recordEvent(
        actorOf(account, visitor),
        'session.sign-out',
        accountTarget(account),
        'succeeded',
        {},
      );
    } catch (error) {
      // Leaving must work without an audit.
      log.error('audit.sign-out-lost', { userId: account.userId, error });
    }
  }
  return { to: '/sign-in', setCookies: [expiredSessionCookie()], clearSiteData: true };
}
