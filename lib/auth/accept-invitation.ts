import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { beginAttempt, finishAttempt, recordEvent } from '#lib/audit/record.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { markSignedIn } from '#lib/gateways/database/accounts.ts';
import { acceptInvite, findOpenInvite, insertInvite } from '#lib/gateways/database/invites.ts';
import type { Role } from '#lib/model/principal.ts';
import type { Invite } from '#lib/model/user.ts';
import { beginAttemptFrom } from './attempts.ts';
import type { Entered, Visitor } from './auth-route.ts';
import { linkToken, passwordChoice, personName } from './fields.ts';
import { hashPassword } from './password-hash.ts';
import { passwordFault } from './password-policy.ts';
import { hashToken, randomToken } from './random-token.ts';
import { createSession } from './sessions.ts';
import { stranger } from './visitor-actor.ts';

/** How long an invitation waits. */
const validHours = 72;

/** Makes an invitation. Its link is returned once and kept nowhere; an earlier open one for the same e-mail is withdrawn. */
export async function mintInvitation(invited: {
  email: string;
  role: Role;
  invitedById: string;
}): Promise<{ invite: Invite; link: string }> {
  const token = randomToken(256);
  const invite = await insertInvite({
    ...invited,
    id: randomUUID(),
    email: invited.email.toLowerCase(),
    tokenHash: hashToken(token),
    hours: validHours,
  });
  return { invite, link: new URL(`/invite?token=${token}`, env().publicOrigin).href };
}

/** The invitation of a link, for its page; null when it can no longer be accepted. */
export async function readInvitation(token: string): Promise<Invite | null> {
  return linkToken.safeParse(token).success ? findOpenInvite(hashToken(token)) : null;
}

export const InvitationInput = z.strictObject({
  token: linkToken,
  name: personName,
  password: passwordChoice,
});

/**
 * Accepts an invitation: makes the account with the invited e-mail and role, and signs it in.
 * @throws AppError `invite.over`, `user.exists`, `input.invalid`, `auth.throttled`, `audit.unavailable`
 */
export async function acceptInvitation(
  input: z.output<typeof InvitationInput>,
  visitor: Visitor,
): Promise<Entered> {
  const attempt = await beginAttemptFrom(visitor.ip, null);
  const tokenHash = hashToken(input.token);
  const invite = await findOpenInvite(tokenHash);
  if (!invite) {
    const none = { type: 'invite', id: '', clusterId: null } as const;
    await recordEvent(stranger(visitor), 'invite.accept', none, 'failed', {}, 'invite.over');
    throw new AppError('invite.over');
  }
  await attempt.succeeded();
  const fault = passwordFault(input.password, [input.name, invite.email]);
  if (fault) throw new AppError('input.invalid', {}, { fields: { password: fault } });

  const target = { type: 'invite', id: invite.id, clusterId: null } as const;
  const { email, role } = invite;
  const operationId = await beginAttempt(stranger(visitor), 'invite.accept', target, {
    name: input.name,
    email,
    role,
  });
  const userId = randomUUID();
  try {
    const passwordHash = await hashPassword(input.password);
    const { outcome } = await acceptInvite(tokenHash, { userId, name: input.name, passwordHash });
    if (outcome === 'over') throw new AppError('invite.over');
    if (outcome === 'email-taken') throw new AppError('user.exists', { email });
  } catch (error) {
    const errorCode = error instanceof AppError ? error.code : 'internal';
    await finishAttempt(stranger(visitor), operationId, 'invite.accept', target, {
      outcome: 'failed',
      errorCode,
    });
    throw error;
  }
  await finishAttempt(stranger(visitor), operationId, 'invite.accept', target, {
    outcome: 'succeeded',
    details: { userId },
  });
  const session = await createSession(userId, visitor.headers);
  await markSignedIn(userId);
  return { to: '/', setCookies: session?.setCookies ?? [] };
}
