import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform/settings.ts';
import { act, pageHeaders } from '../fixtures/act.ts';
import { actions, pages, routes, withNeeds } from '../fixtures/addresses.ts';
import { type Answer, ask } from '../fixtures/ask.ts';
import { cookieOf, expect, test } from '../fixtures/journey.ts';
import { cluster, group, harbour, strangeCluster, topics } from '../fixtures/places.ts';

const host = new URL(harbour.origin).host;

/** What a stranger must never read. */
const canaries = [
  cluster.name,
  strangeCluster.name,
  topics.orders,
  topics.replicated,
  group,
  'of the tests',
  '@e2e.invalid',
];

/** The entrances: pages and routes a stranger may reach. */
const openPages = ['/sign-in', '/sign-in/link', '/setup', '/invite'];
/** Shows one board to who has its link, and to others that the link shows nothing. */
const isWall = (path: string) => path.startsWith('/wall/');

/** Canaries in an answer that did not stand in the question. */
function told(answer: Answer, path = ''): string[] {
  const text = `${JSON.stringify(answer.headers)}\n${answer.body}`;
  return canaries.filter((canary) => text.includes(canary) && !path.includes(canary));
}

/** A redirect to the sign-in page and nowhere else, in the words of HTTP or of Next's own data requests. */
function isSentToSignIn(answer: Answer): boolean {
  const { location, 'x-nextjs-redirect': inWordsOfNext } = answer.headers;
  const isRedirect = [302, 303, 307, 308].includes(answer.status);
  return (
    isRedirect &&
    /^(http:\/\/localhost:\d+)?(\/_next\/data\/\w+)?\/sign-in(\.json)?(\?|$)/.test(
      location ?? inWordsOfNext ?? '',
    )
  );
}

const source = (path: string) => readFileSync(join(projectRoot, path), 'utf8');

test('every server action is a verb of the product, and every verb an action (R1)', () => {
  const files = globSync('{app,components,lib}/**/*.{ts,tsx}', { cwd: projectRoot });
  const withDirective = files.filter((path) => /^\s*['"]use server['"]/m.test(source(path)));
  expect(withDirective.filter((path) => !path.endsWith('/actions.ts'))).toEqual([]);

  const exposed = withDirective.flatMap((path) => {
    const text = source(path);
    const made = [...text.matchAll(/^export const (\w+) = expose\((\w+)\);$/gm)];
    const others = [...text.matchAll(/^export .*$/gm)].filter(
      ([line]) => !/^export const \w+ = expose\(\w+\);$/.test(line),
    );
    expect(
      others.map(([line]) => line),
      `${path} exports nothing else`,
    ).toEqual([]);
    return made.map(([, name = '', verb = '']) => ({ name, verb }));
  });
  for (const { name, verb } of exposed) expect(name).toBe(`${verb}Action`);

  const list = /commands[^=]*= \[([^\]]*)\]/.exec(source('lib/services/commands.ts'))?.[1] ?? '';
  const verbs = [...list.matchAll(/\w+/g)].map(([verb]) => verb);
  expect(verbs.length).toBeGreaterThan(20);
  expect(new Set(exposed.map(({ verb }) => verb))).toEqual(new Set(verbs));
  expect(new Set(actions().map(({ exportedName }) => exportedName))).toEqual(
    new Set(exposed.map(({ name }) => name)),
  );
  for (const { filename } of actions()) expect(filename).toMatch(/^app\/.*\/actions\.ts$/);
});

test('a stranger gets no page, in whatever way it is asked for (R2)', async () => {
  test.slow();
  const subrequest = ['middleware', 'src/middleware', 'proxy', 'pages/_middleware'].map((name) =>
    Array(5).fill(name).join(':'),
  );
  const variants: [string, (path: string) => string, Record<string, string>][] = [
    ['plain', (path) => path, {}],
    ['flight', (path) => `${path}?_rsc=1a2b3`, { rsc: '1' }],
    ['prefetch', (path) => `${path}?_rsc=1a2b3`, { rsc: '1', 'next-router-prefetch': '1' }],
    [
      'segment',
      (path) => `${path}?_rsc=1a2b3`,
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    ],
    ['.rsc', (path) => `${path === '/' ? '/index' : path}.rsc`, {}],
    ['.segments', (path) => `${path === '/' ? '/index' : path}.segments/_tree.segment.rsc`, { rsc: '1' }],
    ['data', (path) => `/_next/data/x${path === '/' ? '/index' : path}.json`, { 'x-nextjs-data': '1' }],
    ['doubled slash', (path) => `/${path}`, {}],
    ...subrequest.map((value): [string, (path: string) => string, Record<string, string>] => [
      `subrequest ${value.slice(0, 14)}`,
      (path) => path,
      { 'x-middleware-subrequest': value },
    ]),
  ];
  const wrong: string[] = [];
  for (const { path } of pages()) {
    const isOpen = openPages.includes(path) || isWall(path);
    for (const [variant, address, headers] of variants) {
      const answer = await ask('GET', address(path), { host, ...headers });
      const leaks = told(answer, path);
      // What is no page of ours at all may also be unknown; it must only tell nothing.
      const isClosed =
        isSentToSignIn(answer) || answer.status === 401 || [404, 400, 308].includes(answer.status);
      if (leaks.length > 0) wrong.push(`${variant} ${path}: tells ${leaks.join()}`);
      if (!isOpen && !isClosed) wrong.push(`${variant} ${path}: ${answer.status}`);
      if (!isOpen && variant === 'plain' && !isSentToSignIn(answer))
        wrong.push(`${path}: ${answer.status}, not sent to sign in`);
    }
  }
  expect(wrong).toEqual([]);
});

test('a stranger gets nothing from the API: 401 as a problem, whatever the method (R2)', async () => {
  test.slow();
  const wrong: string[] = [];
  for (const route of routes().filter(({ path }) => path.startsWith('/api/v1/'))) {
    const path = withNeeds(route);
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const variants: Record<string, string>[] = [
        {},
        { 'x-middleware-subrequest': Array(5).fill('proxy').join(':') },
      ];
      for (const more of variants) {
        const answer = await ask(method, path, { host, origin: harbour.origin, ...more });
        const isReading = method === 'GET' || method === 'HEAD';
        const isRefused = isReading
          ? answer.status === 401
          : [401, 403, 405].includes(answer.status) || (method === 'OPTIONS' && answer.status === 204);
        if (!isRefused) wrong.push(`${method} ${path}: ${answer.status}`);
        if (method === 'GET' && !answer.headers['content-type']?.startsWith('application/problem+json'))
          wrong.push(`${method} ${path}: ${answer.headers['content-type']}`);
        if (told(answer, path).length > 0)
          wrong.push(`${method} ${path}: tells ${told(answer, path).join()}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('a stranger, and a cookie that was made up, can call no server action (R2)', async () => {
  const wrong: string[] = [];
  for (const { exportedName } of actions()) {
    for (const cookie of ['', `millrace.session=${'A'.repeat(43)}`]) {
      for (const path of ['/settings', '/sign-in', `/clusters/${cluster.id}/topics`]) {
        const answer = await act(cookie, exportedName, { clusterId: cluster.id }, path);
        const isRefused = answer.status === 401 || answer.body.includes('"auth.required"');
        if (!isRefused || told(answer).length > 0) wrong.push(`${exportedName} at ${path}: ${answer.status}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('an action is believed only when our own page sent it (R13)', async () => {
  const cookie = cookieOf('operator');
  const own = pageHeaders(cookie, 'createTokenAction');
  const foreign = 'https://evil.example';
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(own).filter(([name]) => !names.includes(name)));
  const tokens = async () => {
    const { body } = await ask('GET', '/api/v1/tokens', { host, cookie });
    return (JSON.parse(body) as { rows: { name: string }[] }).rows.map(({ name }) => name);
  };
  const attempt = async (name: string, headers: Record<string, string>) => {
    const body = JSON.stringify([{ name, role: 'viewer', days: '1' }]);
    return (await ask('POST', '/settings/tokens', headers, { body })).status;
  };

  const refused: [string, Record<string, string>][] = [
    ['foreign origin', { ...own, origin: foreign }],
    ['null origin, as of a sandboxed frame', { ...own, origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['null origin alone', { ...without('sec-fetch-site'), origin: 'null' }],
    ['no origin at all', without('origin', 'sec-fetch-site')],
    ['own origin from another site', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['own origin from a sibling', { ...own, 'sec-fetch-site': 'same-site' }],
    [
      'foreign origin with the same forwarded host',
      { ...own, origin: foreign, 'x-forwarded-host': 'evil.example' },
    ],
    ['foreign origin with the same host', { ...own, origin: foreign, host: 'evil.example' }],
    ['own origin, foreign host', { ...own, host: 'evil.example' }],
    ['another port', { ...own, origin: 'http://localhost:1' }],
    ['the scheme of another world', { ...own, origin: harbour.origin.replace('http:', 'https:') }],
  ];
  for (const [name, headers] of refused) expect([403, 421], name).toContain(await attempt(name, headers));
  expect(await tokens()).toEqual([]);

  expect(await attempt('our own page', own)).toBe(200);
  expect(await attempt('a browser without origin', without('origin'))).toBe(200);
  expect((await tokens()).sort()).toEqual(['a browser without origin', 'our own page']);
  const { body } = await ask('GET', '/api/v1/tokens', { host, cookie });
  for (const { id } of (JSON.parse(body) as { rows: { id: string }[] }).rows)
    await act(cookie, 'revokeTokenAction', { id });
});

test('a foreign Host is no address of ours, and no GET changes anything (R13)', async () => {
  for (const path of ['/', '/sign-in', '/api/v1/clusters']) {
    const answer = await ask('GET', path, { host: 'evil.example', cookie: cookieOf('admin') });
    expect(answer.status, path).toBe(421);
    expect(told(answer)).toEqual([]);
  }
  for (const name of ['sign-in', 'sign-out', 'setup', 'invite', 'link']) {
    const answer = await ask('GET', `/api/auth/${name}`, { host, cookie: cookieOf('admin') });
    expect(answer.status, name).toBe(405);
  }
  expect((await ask('GET', '/api/v1/clusters', { host, cookie: cookieOf('admin') })).status).toBe(200);
});

test('every answer carries the headers that protect it (R24)', async () => {
  const cookie = cookieOf('admin');
  const policyOf = (answer: Answer) =>
    (answer.headers['content-security-policy'] ?? '').replace(/'nonce-[^']+'/g, "'nonce'");
  const seen = new Set<string>();
  for (const path of [
    '/',
    '/sign-in',
    '/api/v1/clusters',
    '/api/health/live',
    '/no/such/page',
    `/clusters/${cluster.id}/topics`,
  ]) {
    const answer = await ask('GET', path, { host, cookie });
    seen.add(policyOf(answer));
    expect.soft(answer.headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect.soft(answer.headers['permissions-policy'], path).toContain('camera=()');
    expect.soft(answer.headers['x-powered-by'], path).toBeUndefined();
  }
  const [policy = ''] = [...seen];
  expect(seen.size).toBe(1);
  for (const part of [
    "default-src 'self'",
    "script-src 'self' 'nonce' 'strict-dynamic'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toContain('unsafe-eval');
  const twice = await Promise.all([ask('GET', '/sign-in', { host }), ask('GET', '/sign-in', { host })]);
  expect(twice[0]?.headers['content-security-policy']).not.toBe(twice[1]?.headers['content-security-policy']);
});
