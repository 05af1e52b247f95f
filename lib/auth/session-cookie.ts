import { env } from '#lib/env.ts';

/**
 * The session cookie: `__Host-`, Secure, HttpOnly, SameSite=Lax, Path=/ (R6). Browsers refuse that prefix over plain http,
 * so on http://localhost, the only http origin there is, it has a plain name.
 */
export const isSecureOrigin = (): boolean => env().publicOrigin.protocol === 'https:';

export const sessionCookieName = (): string =>
  isSecureOrigin() ? '__Host-millrace.session' : 'millrace.session';

/** The token in the request's session cookie, or null. A cookie that comes twice is no cookie: one of them is forged. */
export function readSessionToken(headers: Headers): string | null {
  const name = sessionCookieName();
  const found = (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  if (found.length !== 1) return null;
  // The signature after the dot is the sign-in library's; the token is random and looked up, and needs none.
  const token = (found[0] ?? '').split(/\.|%2E/i)[0] ?? '';
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}

/** `Set-Cookie` that removes the session from the browser. */
export const expiredSessionCookie = (): string =>
  `${sessionCookieName()}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${isSecureOrigin() ? '; Secure' : ''}`;
