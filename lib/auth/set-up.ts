import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { beginAttempt, finishAttempt, recordEvent } from '#lib/audit/record.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { hasAdmin, markSignedIn } from '#lib/gateways/database/accounts.ts';
import { createFirstAdmin, isSetupTokenLive } from '#lib/gateways/database/setup-token.ts';
import { setupTokenFile } from './announce-setup.ts';
import { beginAttemptFrom } from './attempts.ts';
import type { Entered, Visitor } from './auth-route.ts';
import { emailField, linkToken, passwordChoice, personName } from './fields.ts';
import { hashPassword } from './password-hash.ts';
import { passwordFault } from './password-policy.ts';
import { hashToken } from './random-token.ts';
import { createSession } from './sessions.ts';
import { stranger } from './visitor-actor.ts';

export const SetUpInput = z.strictObject({
  token: linkToken,
  name: personName,
  email: emailField,
  password: passwordChoice,
});

const target = { type: 'application', id: 'millrace', clusterId: null } as const;

/** Whether the first admin is still to be made. */
export const isSetUpOpen = async (): Promise<boolean> => !(await hasAdmin());

/**
 * The first start (R11): whoever has the token that was printed becomes the first admin. Of two at once one does.
 * @throws AppError `setup.token`, `setup.done`, `user.exists`, `input.invalid`, `auth.throttled`, `audit.unavailable`
 */
export async function setUp(input: z.output<typeof SetUpInput>, visitor: Visitor): Promise<Entered> {
  if (await hasAdmin()) throw new AppError('setup.done');
  const attempt = await beginAttemptFrom(visitor.ip, null);
  const tokenHash = hashToken(input.token);
  // Looked up before the costly hash; it is looked up again when it is spent.
  if (!(await isSetupTokenLive(tokenHash))) {
    await recordEvent(stranger(visitor), 'application.set-up', target, 'failed', {}, 'setup.token');
    throw new AppError('setup.token');
  }
  await attempt.succeeded();
  const fault = passwordFault(input.password, [input.name, input.email]);
  if (fault) throw new AppError('input.invalid', {}, { fields: { password: fault } });

  const { name, email } = input;
  const operationId = await beginAttempt(stranger(visitor), 'application.set-up', target, { name, email });
  const userId = randomUUID();
  try {
    const passwordHash = await hashPassword(input.password);
    const outcome = await createFirstAdmin(tokenHash, { userId, name, email, passwordHash });
    if (outcome === 'already-done') throw new AppError('setup.done');
    if (outcome === 'wrong-token') throw new AppError('setup.token');
    if (outcome === 'email-taken') throw new AppError('user.exists', { email });
  } catch (error) {
    const errorCode = error instanceof AppError ? error.code : 'internal';
    await finishAttempt(stranger(visitor), operationId, 'application.set-up', target, {
      outcome: 'failed',
      errorCode,
    });
    throw error;
  }
  await finishAttempt(stranger(visitor), operationId, 'application.set-up', target, {
    outcome: 'succeeded',
    details: { userId },
  });
  await rm(setupTokenFile(), { force: true });
  const session = await createSession(userId, visitor.headers);
  await markSignedIn(userId);
  return { to: '/', setCookies: session?.setCookies ?? [] };
}
