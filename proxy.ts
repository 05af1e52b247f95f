import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import {
  type GuardSettings,
  isEntrance,
  isLoopbackName,
  isSafeMethod,
  judgeHost,
  judgeOrigin,
  judgeSize,
  kindOfPath,
  type PathKind,
} from '#lib/auth/request-guard.ts';
import { securityHeaders } from '#lib/auth/security-headers.ts';
import { readSessionToken } from '#lib/auth/session-cookie.ts';
import { env } from '#lib/env.ts';
import { type ErrorCode, sentences } from '#lib/errors/sentences.ts';

/**
 * The outermost gate: it refuses what no page of ours sends, gives every answer its headers, and leads strangers to
 * the sign-in page. It never decides who may see what: routers and matchers have disagreed about paths too often, so that
 * is decided where the data is read. For the same reason there is no matcher: it runs for everything.
 */
export function proxy(request: NextRequest): NextResponse {
  const { publicOrigin, ALLOWED_HOSTS, NODE_ENV } = env();
  const kind = kindOfPath(request.nextUrl.pathname);
  const nonce = randomBytes(16).toString('base64');
  const requestId = randomBytes(8).toString('hex');
  const headers = securityHeaders({
    nonce,
    isHttps: publicOrigin.protocol === 'https:',
    isDevelopment: NODE_ENV === 'development',
  });
  const settings: GuardSettings = {
    publicOrigin,
    allowedHosts: ALLOWED_HOSTS.toLowerCase()
      .split(',')
      .map((host) => host.trim())
      .filter(Boolean),
  };
  const response =
    refusal(request, kind, settings) ??
    NextResponse.next({ request: { headers: inwardHeaders(request, nonce, requestId, headers) } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  response.headers.set('x-request-id', requestId);
  if (kind !== 'static') response.headers.set('cache-control', 'private, no-store');
  return response;
}

/** The answer to a request that goes no further, or null. */
function refusal(request: NextRequest, kind: PathKind, settings: GuardSettings): NextResponse | null {
  const { headers, method } = request;
  // Probes come by address, carry nothing, and learn nothing but "ready".
  const verdict =
    (kind === 'health' && isSafeMethod(method) ? null : judgeHost(headers, settings)) ??
    judgeOrigin(method, headers, settings) ??
    judgeSize(headers);
  if (verdict) return refuse(verdict.code);
  const isStranger = readSessionToken(headers) === null;
  if (isStranger && !isSafeMethod(method) && !isEntrance(request.nextUrl.pathname, headers)) {
    return refuse('auth.required');
  }
  if (kind !== 'page' && kind !== 'open-page') return null;
  const elsewhere = atPublicOrigin(request, settings);
  if (elsewhere) return elsewhere;
  if (kind === 'open-page' || !isStranger) return null;
  const target = new URL('/sign-in', settings.publicOrigin);
  const { pathname, search } = withoutFlight(request.nextUrl);
  if (pathname !== '/') target.searchParams.set('next', `${pathname}${search}`);
  return NextResponse.redirect(target, 307);
}

/**
 * A page asked for under another name of this machine, where its cookie and its forms would not work: leads to the
 * right one. Not by a redirect: Next takes all names of the machine for one and would make it lead to itself.
 */
function atPublicOrigin(request: NextRequest, { publicOrigin }: GuardSettings): NextResponse | null {
  const host = request.headers.get('host')?.toLowerCase();
  if (host === publicOrigin.host || !isSafeMethod(request.method)) return null;
  if (!isLoopbackName(publicOrigin.hostname)) return null;
  const { pathname, search } = request.nextUrl;
  const target = new URL(`${pathname}${search}`, publicOrigin).href;
  return new NextResponse(`Millrace is at ${publicOrigin.origin}\n`, {
    status: 421,
    headers: { 'content-type': 'text/plain; charset=utf-8', refresh: `0; url=${target}` },
  });
}

function withoutFlight(url: URL): { pathname: string; search: string } {
  const search = new URLSearchParams(url.search);
  search.delete('_rsc');
  return { pathname: url.pathname, search: search.size > 0 ? `?${search}` : '' };
}

/** The request as the pages and routes see it: what only this gate may say is overwritten, what nobody may say is removed. */
function inwardHeaders(
  request: NextRequest,
  nonce: string,
  requestId: string,
  outward: Record<string, string>,
): Headers {
  const inward = new Headers(request.headers);
  inward.delete('x-middleware-subrequest');
  // Next compares Origin with this one; Origin has been compared with PUBLIC_ORIGIN above.
  inward.set('x-forwarded-host', env().publicOrigin.host);
  inward.set('x-forwarded-proto', env().publicOrigin.protocol.slice(0, -1));
  inward.set('x-nonce', nonce);
  inward.set('x-request-id', requestId);
  // Next takes the nonce for its own scripts from here.
  inward.set('content-security-policy', outward['content-security-policy'] ?? '');
  return inward;
}

/** A problem as RFC 9457 says. */
function refuse(code: ErrorCode): NextResponse {
  const sentence = sentences[code];
  return NextResponse.json(
    {
      type: `urn:millrace:problem:${code}`,
      title: sentence.what({}),
      status: sentence.status,
      detail: sentence.next({}),
      code,
    },
    { status: sentence.status, headers: { 'content-type': 'application/problem+json' } },
  );
}
