import { hkdfSync, randomBytes } from 'node:crypto';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { betterAuth } from 'better-auth/minimal';
import { z } from 'zod';
import { env } from '#lib/env.ts';
import { authAdapter } from '#lib/gateways/database/auth-adapter.ts';
import { registry } from '#lib/process.ts';
import { clientAddress } from './client-address.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { passwordMaxLength, passwordMinLength } from './password-policy.ts';
import { randomToken } from './random-token.ts';
import { isSecureOrigin, sessionCookieName } from './session-cookie.ts';
import { sessionLimits } from './session-limits.ts';

/** Makes a session for somebody who proved who they are by another way than a password: a one-time link, setup, an invitation. */
const startSession = createAuthEndpoint(
  '/millrace/start-session',
  { method: 'POST', body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } },
  async (ctx) => {
    const session = await ctx.context.internalAdapter.createSession(ctx.body.userId);
    const user = session && (await ctx.context.internalAdapter.findUserById(ctx.body.userId));
    if (!session || !user) return ctx.json({ sessionId: null });
    await setSessionCookie(ctx, { session, user });
    return ctx.json({ sessionId: session.id });
  },
);

const make = () =>
  betterAuth({
    baseURL: env().publicOrigin.origin,
    basePath: '/api/auth',
    secret: cookieSecret(),
    database: authAdapter(sessionLimits()),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordMinLength,
      maxPasswordLength: passwordMaxLength,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    session: { expiresIn: sessionLimits().maxHours * 3600, cookieCache: { enabled: false } },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => ({
            data: {
              ...session,
              token: randomToken(256),
              ipAddress: context?.headers ? clientAddress(context.headers) : '',
            },
          }),
        },
      },
    },
    advanced: {
      useSecureCookies: false,
      cookiePrefix: 'millrace',
      cookies: {
        session_token: {
          name: sessionCookieName(),
          attributes: { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecureOrigin() },
        },
      },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [{ id: 'millrace', endpoints: { startSession } }],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });

/**
 * The library signs its cookies with this. Ours hold random tokens that are looked up, and do not depend on it; it follows
 * the master key so that several instances agree.
 */
function cookieSecret(): string {
  const key = env().keys[0]?.key ?? randomBytes(32);
  return Buffer.from(hkdfSync('sha256', key, '', 'millrace sign-in cookies', 32)).toString('base64');
}

/**
 * The sign-in library, called as functions only: its own routes are not mounted, so that nothing of it is reachable
 * that is not named here.
 */
export const authServer = (): ReturnType<typeof make> => registry('auth-server', make);
