import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announceSetup, setupTokenFile } from '#lib/auth/announce-setup.ts';
import { principalOf } from '#lib/auth/principal-of.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { POST as setup } from './setup/route.ts';
import { POST as signIn } from './sign-in/route.ts';
import { POST as signOut } from './sign-out/route.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  process.env.PUBLIC_ORIGIN = 'https://millrace.test';
  process.env.MILLRACE_DATA_DIR = database.dataDir;
});
afterAll(() => database.close());

const post = (body: unknown, headers: Record<string, string> = {}) =>
  new Request('https://millrace.test/api/auth/x', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-millrace-peer': '192.0.2.1', ...headers },
  });

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const person = { name: 'Ada', email: 'Ada@Example.com', password: 'tangent-orchard-kiln' };

describe('first start', () => {
  let token = '';
  it('R11 prints a 128-bit token once and leaves it in a 0600 file', async () => {
    const printed: string[] = [];
    await announceSetup((text) => printed.push(text));
    token = readFileSync(setupTokenFile(), 'utf8').trim();
    expect(Buffer.from(token, 'base64url')).toHaveLength(16);
    expect(statSync(setupTokenFile()).mode & 0o777).toBe(0o600);
    expect(printed.join('')).toContain(token);
    expect(printed.join('')).toContain('https://millrace.test/setup');
    const { rows } = await pool().query('SELECT * FROM setup_token');
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('R11 two set-ups at once make one admin', async () => {
    const answers = await Promise.all([
      setup(post({ ...person, token })),
      setup(post({ ...person, email: 'eve@example.com', token })),
      setup(post({ ...person, email: 'mallory@example.com', token })),
    ]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409]);
    const { rows } = await pool().query('SELECT role FROM users');
    expect(rows).toEqual([{ role: 'admin' }]);
    expect(existsSync(setupTokenFile())).toBe(false);
    const winner = answers.find((a) => a.status === 200)!;
    const principal = await principalOf(new Headers({ cookie: cookieOf(winner) }));
    expect(principal).toMatchObject({ role: 'admin', via: 'session' });
    await pool().query("UPDATE users SET email = 'ada@example.com'");
  });

  it('is gone afterwards', async () => {
    expect((await setup(post({ ...person, token }))).status).toBe(409);
    const printed: string[] = [];
    await announceSetup((text) => printed.push(text));
    expect(printed).toEqual([]);
    expect(existsSync(setupTokenFile())).toBe(false);
  });
});

describe('signing in', () => {
  it('works, and out again', async () => {
    const answer = await signIn(post({ email: person.email, password: person.password, next: '/audit' }));
    expect(await answer.json()).toEqual({ to: '/audit' });
    const headers = new Headers({ cookie: cookieOf(answer) });
    expect(await principalOf(headers)).toMatchObject({ email: 'ada@example.com', role: 'admin' });
    const left = await signOut(post({}, { cookie: cookieOf(answer) }));
    expect(left.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(left.headers.getSetCookie()[0]).toMatch(/Max-Age=0/);
    expect(await principalOf(headers)).toBeNull();
  });
});
