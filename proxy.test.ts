import { NextRequest } from 'next/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { localPath } from '#lib/auth/request-guard.ts';

const origin = 'https://millrace.example.com';
const cookie = `__Host-millrace.session=${'a'.repeat(43)}.signature`;

/** The proxy of a process with this environment. */
async function proxyWith(environment: Record<string, string>) {
  const holder = globalThis as unknown as Record<symbol, unknown>;
  delete holder[Symbol.for('millrace.process')];
  vi.resetModules();
  for (const [key, value] of Object.entries(environment)) vi.stubEnv(key, value);
  const { proxy } = await import('./proxy.ts');
  return (method: string, path: string, headers: Record<string, string> = {}) =>
    proxy(
      new NextRequest(new URL(path, environment.PUBLIC_ORIGIN ?? origin), {
        method,
        headers: { host: new URL(environment.PUBLIC_ORIGIN ?? origin).host, ...headers },
      }),
    );
}

const inward = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);
const passes = (response: Response) => response.headers.get('x-middleware-next') === '1';

let ask: Awaited<ReturnType<typeof proxyWith>>;
beforeEach(async () => {
  ask = await proxyWith({
    PUBLIC_ORIGIN: origin,
    ALLOWED_HOSTS: 'inside.example.net:8443',
    NODE_ENV: 'test',
  });
});

describe('R13 who may send', () => {
  const post = (headers: Record<string, string>) => ask('POST', '/clusters/a/topics', { cookie, ...headers });

  it.each([
    ['null Origin', { origin: 'null' }, 403],
    ['foreign Origin', { origin: 'https://evil.example' }, 403],
    ['no Origin', {}, 403],
    [
      'foreign Origin with equal X-Forwarded-Host',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
      403,
    ],
    ['foreign Origin with equal Host', { origin: 'https://evil.example', host: 'evil.example' }, 421],
    ['right Origin with unknown Host', { origin, host: 'evil.example' }, 421],
    ['Origin of another scheme', { origin: 'http://millrace.example.com' }, 403],
    ['Origin of another port', { origin: `${origin}:8443` }, 403],
    ['right Origin that the browser calls cross-site', { origin, 'sec-fetch-site': 'cross-site' }, 403],
    ['sibling site', { 'sec-fetch-site': 'same-site' }, 403],
    ['typed address', { 'sec-fetch-site': 'none' }, 403],
  ])('%s is refused', async (_, headers, status) => {
    const response = post(headers as Record<string, string>);
    expect(response.status).toBe(status);
    expect(passes(response)).toBe(false);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it.each([
    ['our own page', { origin, 'sec-fetch-site': 'same-origin' }],
    ['our own page, old browser', { origin }],
    ['our own page, without Origin', { 'sec-fetch-site': 'same-origin' }],
    ['our own page by a listed host', { origin, host: 'inside.example.net:8443' }],
  ])('%s passes', (_, headers) => {
    expect(passes(post(headers as Record<string, string>))).toBe(true);
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('%s is judged like POST', (method) => {
    expect(ask(method, '/api/v1/clusters', { cookie }).status).toBe(403);
  });

  it('judges reading by the Host only', () => {
    expect(passes(ask('GET', '/', { cookie, origin: 'https://evil.example' }))).toBe(true);
    expect(ask('GET', '/', { cookie, host: 'evil.example' }).status).toBe(421);
    expect(ask('GET', '/', { cookie, host: '127.0.0.1:3000' }).status).toBe(421);
    expect(passes(ask('GET', '/api/health/ready', { host: '10.0.0.7:3000' }))).toBe(true);
    expect(ask('POST', '/api/health/ready', { host: '10.0.0.7:3000', origin }).status).toBe(421);
  });

  it('tells Next the host that Origin was compared with', () => {
    const response = post({ origin, 'x-forwarded-host': 'evil.example' });
    expect(inward(response, 'x-forwarded-host')).toBe('millrace.example.com');
  });

  it('refuses more than 1 MB', () => {
    expect(post({ origin, 'content-length': '1000001' }).status).toBe(413);
    expect(post({ origin, 'content-length': '1e3' }).status).toBe(413);
    expect(passes(post({ origin, 'content-length': '1000000' }))).toBe(true);
  });
});

describe('R2 strangers', () => {
  it.each([
    '/',
    '/clusters/a/topics',
    '/audit',
    '/settings/users',
    '/clusters/a/topics.rsc',
    '/clusters/a/topics.segments/_tree.segment.rsc',
    '/sign-in-not',
    '/setupx',
    '//evil.example/',
    '/api',
    '/_next/data/x/y.json',
  ])('%s leads to the sign-in page', (path) => {
    const response = ask('GET', path, { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' });
    expect(response.status).toBe(307);
    const target = new URL(response.headers.get('location') ?? '');
    expect(target.origin).toBe(origin);
    expect(target.pathname).toBe('/sign-in');
  });

  it('reaches no action', () => {
    const paths = [
      '/',
      '/sign-in',
      '/setup',
      '/invite',
      '/clusters/a',
      '/_next/static/x',
      '/mark.svg',
      '/metrics',
    ];
    for (const path of [
      ...paths,
      '/api/v1/x',
      '/api/health/live',
      '/api/auth/x',
      '/api/auth/sign-in',
      '/api/auth/sign-in/',
    ]) {
      for (const [name, value] of [
        ['next-action', '40ab'],
        ['content-type', 'multipart/form-data; boundary=x'],
      ] as const) {
        expect(ask('POST', path, { origin, [name]: value }).status).toBe(401);
        const headers = { origin, [name]: value, 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' };
        expect(ask('POST', path, headers).status).toBe(401);
      }
    }
  });

  it('reaches the sign-in routes, health, and the API, which answers for itself', () => {
    expect(passes(ask('POST', '/api/auth/sign-in', { origin }))).toBe(true);
    expect(passes(ask('GET', '/api/health/live'))).toBe(true);
    expect(passes(ask('GET', '/api/v1/clusters'))).toBe(true);
    expect(passes(ask('GET', '/sign-in'))).toBe(true);
    expect(passes(ask('GET', '/sign-in/link?token=x'))).toBe(true);
  });

  it('passes no subrequest mark, nonce or request id of the client on', () => {
    const response = ask('GET', '/', {
      cookie,
      'x-middleware-subrequest': 'a',
      'x-nonce': 'mine',
      'x-request-id': 'mine',
      'content-security-policy': "script-src 'nonce-mine'",
    });
    expect(response.headers.get('x-middleware-override-headers')).not.toContain('x-middleware-subrequest');
    expect(inward(response, 'x-nonce')).not.toBe('mine');
    expect(inward(response, 'x-request-id')).toBe(response.headers.get('x-request-id'));
    expect(inward(response, 'content-security-policy')).toBe(response.headers.get('content-security-policy'));
  });

  it('remembers where they wanted to go, within this application', () => {
    const target = new URL(ask('GET', '/clusters/a/topics?q=x&_rsc=1').headers.get('location') ?? '');
    expect(target.searchParams.get('next')).toBe('/clusters/a/topics?q=x');
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/sign-in',
    '/api/v1/x',
    '',
    null,
    '/%2f%2fevil',
    '\t//evil.example',
    '/\t/evil.example',
  ])('is not sent to %j afterwards', (value) => {
    const target = new URL(localPath(value, new URL(origin)), origin);
    expect(target.origin).toBe(origin);
    expect(target.pathname).not.toMatch(/^\/(sign-in|api)/);
  });
});

describe('R24 headers', () => {
  it('are on every answer, whatever it is', () => {
    const answers = [
      ask('GET', '/', { cookie }),
      ask('GET', '/'),
      ask('POST', '/', {}),
      ask('GET', '/api/v1/clusters'),
      ask('GET', '/_next/static/chunks/a.js'),
      ask('GET', '/', { host: 'evil.example' }),
    ];
    for (const { headers } of answers) {
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'self'; script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic'; /,
      );
      for (const directive of [
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ]) {
        expect(headers.get('content-security-policy')).toContain(directive);
      }
      expect(headers.get('content-security-policy')).not.toContain('unsafe-eval');
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
    }
  });

  it('carry a nonce that is never the same', () => {
    const nonces = new Set(
      Array.from({ length: 50 }, () => ask('GET', '/', { cookie }).headers.get('content-security-policy')),
    );
    expect(nonces.size).toBe(50);
  });

  it('let nobody keep an answer, but hashed files', () => {
    expect(ask('GET', '/', { cookie }).headers.get('cache-control')).toBe('private, no-store');
    expect(ask('GET', '/api/v1/clusters').headers.get('cache-control')).toBe('private, no-store');
    expect(ask('GET', '/_next/static/chunks/a.js').headers.get('cache-control')).toBeNull();
  });
});

describe('on http://localhost', () => {
  beforeEach(async () => {
    ask = await proxyWith({ PUBLIC_ORIGIN: 'http://localhost:3000', ALLOWED_HOSTS: '', NODE_ENV: 'test' });
  });

  it('pages under another name of the machine lead to the right one; scripts are answered', () => {
    const response = ask('GET', '/sign-in?next=%2Faudit', { host: '127.0.0.1:3000' });
    expect(response.status).toBe(421);
    expect(response.headers.get('refresh')).toBe('0; url=http://localhost:3000/sign-in?next=%2Faudit');
    expect(passes(ask('GET', '/api/v1/clusters', { host: '127.0.0.1:3000' }))).toBe(true);
    expect(ask('GET', '/', { host: '127.0.0.1:4000' }).status).toBe(421);
  });

  it('the cookie has a plain name, and there is no HSTS', () => {
    const response = ask('GET', '/', { cookie: `millrace.session=${'a'.repeat(43)}` });
    expect(passes(response)).toBe(true);
    expect(response.headers.get('strict-transport-security')).toBeNull();
    expect(
      passes(
        ask('GET', '/', { cookie: `millrace.session=${'a'.repeat(43)}; millrace.session=${'b'.repeat(43)}` }),
      ),
    ).toBe(false);
  });
});
