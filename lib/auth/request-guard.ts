import type { ErrorCode } from '#lib/errors/sentences.ts';

/**
 * What a request must be before anything of ours looks at it (R13). Pure: the proxy gives it the headers.
 *
 * Next compares Origin with a Host that the client chose, and lets a request without Origin pass; here both are
 * compared with the configured address.
 */
export type GuardSettings = {
  publicOrigin: URL;
  /** Further Host names this server answers to, lower-case, with port where it is not the scheme's. */
  allowedHosts: readonly string[];
};

type Verdict = { code: ErrorCode; reason: string } | null;

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

export const isLoopbackName = (hostname: string): boolean => loopbackNames.includes(hostname);

/** Hosts this server answers to. With a local PUBLIC_ORIGIN the other names of this machine lead here too, for scripts. */
export function hostsOf({ publicOrigin, allowedHosts }: GuardSettings): ReadonlySet<string> {
  const isLocal = isLoopbackName(publicOrigin.hostname);
  const port = publicOrigin.port === '' ? '' : `:${publicOrigin.port}`;
  return new Set([
    publicOrigin.host,
    ...allowedHosts,
    ...(isLocal ? loopbackNames.map((name) => `${name}${port}`) : []),
  ]);
}

/** Refuses a Host that was not configured: DNS rebinding, and caches keyed by a foreign name. */
export function judgeHost(headers: Headers, settings: GuardSettings): Verdict {
  const host = (headers.get('host') ?? '').toLowerCase();
  return hostsOf(settings).has(host) ? null : { code: 'auth.host', reason: 'host' };
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];
export const isSafeMethod = (method: string): boolean => safeMethods.includes(method);

/**
 * Refuses a request that may change something unless our own pages made it: Origin must be PUBLIC_ORIGIN; without
 * Origin, the browser must say `Sec-Fetch-Site: same-origin`. When both are there, both must agree.
 */
export function judgeOrigin(method: string, headers: Headers, settings: GuardSettings): Verdict {
  if (isSafeMethod(method)) return null;
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return { code: 'auth.origin', reason: 'sec-fetch-site' };
  if (origin !== null) {
    return origin === settings.publicOrigin.origin ? null : { code: 'auth.origin', reason: 'origin' };
  }
  return site === 'same-origin' ? null : { code: 'auth.origin', reason: 'no origin' };
}

/** At most this much in the body of anything that is sent here. */
export const maxBodyBytes = 1_000_000;

export function judgeSize(headers: Headers): Verdict {
  const length = headers.get('content-length');
  if (length === null) return null;
  return /^\d{1,15}$/.test(length) && Number(length) <= maxBodyBytes
    ? null
    : { code: 'input.too-large', reason: 'content-length' };
}

/** The routes that a stranger may send to. They are plain routes, so that nothing a stranger sends reaches the decoder of actions. */
const entrances: readonly string[] = ['sign-in', 'sign-out', 'setup', 'invite', 'link'].map(
  (name) => `/api/auth/${name}`,
);

/** Whether a stranger may send this: to an entrance, as a form or JSON, and not dressed as an action. */
export function isEntrance(pathname: string, headers: Headers): boolean {
  const type = headers.get('content-type') ?? '';
  return entrances.includes(pathname) && !headers.has('next-action') && !type.startsWith('multipart/');
}

/** Paths that a stranger reaches; everything else that is a page leads to the sign-in page. */
const openPages = ['/sign-in', '/setup', '/invite', '/wall'];

export type PathKind = 'static' | 'health' | 'api' | 'auth' | 'open-page' | 'page';

/** What a path is. Only for redirects, body limits and headers: whether somebody may see it is decided where the data is read. */
export function kindOfPath(pathname: string): PathKind {
  if (pathname.startsWith('/_next/static/')) return 'static';
  if (/^\/(icon|favicon|apple-icon|mark|og)[\w-]*\.(svg|png|ico)$/.test(pathname)) return 'static';
  if (pathname.startsWith('/api/health/')) return 'health';
  if (pathname.startsWith('/api/auth/')) return 'auth';
  if (pathname.startsWith('/api/') || pathname === '/metrics') return 'api';
  const isOpen = openPages.some((page) => pathname === page || pathname.startsWith(`${page}/`));
  return isOpen ? 'open-page' : 'page';
}

/**
 * A path of ours to go to after signing in, or `/`: never another site, whatever way it is written.
 */
export function localPath(value: string | null | undefined, publicOrigin: URL): string {
  if (!value || value.length > 2000 || !/^\/[^/\\]/.test(value)) return '/';
  try {
    const url = new URL(value, publicOrigin);
    const isOurs = url.origin === publicOrigin.origin && kindOfPath(url.pathname) === 'page';
    return isOurs ? `${url.pathname}${url.search}` : '/';
  } catch {
    return '/';
  }
}
