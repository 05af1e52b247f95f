import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backgroundHeader, principalOf } from '#lib/auth/principal-of.ts';
import { listSessions, revokeSession, revokeSessionsOf } from '#lib/auth/sessions.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { auditOf, cookieOf, forgetAttempts, makeAccount, password, visit } from '#lib/testing/visitor.ts';
import { POST as signIn } from './sign-in/route.ts';
import { POST as signOut } from './sign-out/route.ts';

let database: TestDatabase;
let ada = '';
const email = 'ada@example.com';

beforeAll(async () => {
  process.env.PUBLIC_ORIGIN = 'https://millrace.test';
  database = await openTestDatabase();
  ada = await makeAccount('operator', email);
});
afterAll(() => database.close());
beforeEach(forgetAttempts);

const enter = (fields: Record<string, unknown> = {}, options: Parameters<typeof visit>[1] = {}) =>
  signIn(visit({ email, password, ...fields }, options));
const who = (cookie: string, headers: Record<string, string> = {}) =>
  principalOf(new Headers({ cookie, ...headers }));
const ago = (column: string, interval: string) =>
  pool().query(`UPDATE sessions SET ${column} = ${column} - $1::interval`, [interval]);

describe('R6 sessions', () => {
  it('the cookie is __Host-, Secure, HttpOnly, SameSite=Lax; its token has 256 bits and is stored as SHA-256 only', async () => {
    const answer = await enter({ next: '/audit?q=x' });
    expect(await answer.json()).toEqual({ to: '/audit?q=x' });
    expect(answer.headers.getSetCookie()).toHaveLength(1);
    const [cookie = '', ...attributes] = (answer.headers.getSetCookie()[0] ?? '').split('; ');
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax', 'Secure']);
    const token = /^__Host-millrace\.session=([A-Za-z0-9_-]{43})\./.exec(cookie)?.[1] ?? '';
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { rows } = await pool().query('SELECT * FROM sessions WHERE token = $1', [
      createHash('sha256').update(token).digest('hex'),
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ user_id: ada, ip_address: '192.0.2.1', user_agent: 'a browser' });
    const dump = JSON.stringify((await pool().query('SELECT * FROM sessions')).rows);
    expect(dump).not.toContain(token);
    expect(await who(cookie)).toMatchObject({ userId: ada, role: 'operator', via: 'session', email });
  });

  it('a cookie from before is never taken over, and ends', async () => {
    const fixed = `__Host-millrace.session=${'f'.repeat(43)}.x`;
    const first = cookieOf(await enter({}, { cookie: fixed }));
    expect(first).not.toContain('f'.repeat(43));
    const second = cookieOf(await enter({}, { cookie: first }));
    expect(second).not.toBe(first);
    expect(await who(first)).toBeNull();
    expect(await who(second)).not.toBeNull();
  });

  it('does not work after signing out', async () => {
    const cookie = cookieOf(await enter());
    const left = await signOut(visit({}, { cookie }));
    expect(left.status).toBe(200);
    expect(left.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(left.headers.getSetCookie()[0]).toMatch(/^__Host-millrace\.session=; .*Max-Age=0; Secure/);
    expect(await who(cookie)).toBeNull();
  });

  it('ends after 30 minutes without use, which use puts off and a page nobody touches does not', async () => {
    const cookie = cookieOf(await enter());
    await ago('last_seen_at', '20 minutes');
    await ago('expires_at', '20 minutes');
    expect(await who(cookie)).not.toBeNull();
    await ago('last_seen_at', '29 minutes');
    await ago('expires_at', '29 minutes');
    expect(await who(cookie, { [backgroundHeader]: '1' })).not.toBeNull();
    expect(await who(cookie, { accept: 'text/event-stream' })).not.toBeNull();
    await ago('expires_at', '2 minutes');
    expect(await who(cookie)).toBeNull();
  });

  it('ends after 12 hours whatever is done with it', async () => {
    const cookie = cookieOf(await enter());
    await ago('created_at', '11 hours 59 minutes');
    await ago('last_seen_at', '1 minute');
    expect(await who(cookie)).not.toBeNull();
    const { rows } = await pool().query(
      'SELECT max(expires_at - now()) < interval $$2 minutes$$ AS short FROM sessions WHERE user_id = $1 AND created_at < now() - interval $$11 hours$$',
      [ada],
    );
    expect(rows[0]).toEqual({ short: true });
    await ago('created_at', '2 minutes');
    expect(await who(cookie)).toBeNull();
  });

  it('can be listed and ended, one or all but one', async () => {
    await revokeSessionsOf(ada);
    const cookies = [cookieOf(await enter()), cookieOf(await enter()), cookieOf(await enter())];
    const [first, second, third] = await Promise.all(cookies.map((cookie) => who(cookie)));
    expect((await listSessions(ada)).map(({ id }) => id).sort()).toEqual(
      [first, second, third].map((p) => p?.credentialId).sort(),
    );
    await revokeSession(first?.credentialId ?? '');
    expect(await who(cookies[0] ?? '')).toBeNull();
    expect(await revokeSessionsOf(ada, third?.credentialId)).toBe(1);
    expect(await who(cookies[1] ?? '')).toBeNull();
    expect(await who(cookies[2] ?? '')).not.toBeNull();
  });
});

describe('R5 rights', () => {
  it('a changed role, disabling and enabling act on the next request', async () => {
    const cookie = cookieOf(await enter());
    await pool().query("UPDATE users SET role = 'viewer' WHERE id = $1", [ada]);
    expect(await who(cookie)).toMatchObject({ role: 'viewer' });
    await pool().query("UPDATE users SET role = 'operator', disabled_at = now() WHERE id = $1", [ada]);
    expect(await who(cookie)).toBeNull();
    expect((await enter()).status).toBe(401);
    await pool().query('UPDATE users SET disabled_at = NULL WHERE id = $1', [ada]);
    expect((await enter()).status).toBe(200);
  });
});

describe('R7 guessing who has an account', () => {
  it('an unknown e-mail, a wrong password and a disabled account get the same answer', async () => {
    const gone = await makeAccount('viewer', 'gone@example.com');
    await pool().query('UPDATE users SET disabled_at = now() WHERE id = $1', [gone]);
    const answers = [
      await enter({ email: 'nobody@example.com' }),
      await enter({ password: 'wrong' }),
      await enter({ email: 'gone@example.com' }),
    ];
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(bodies).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([401]));
  });

  it('takes the same time for both, within 20 %', async () => {
    const time = async (address: string) => {
      const start = performance.now();
      await enter({ email: address, password: 'wrong' });
      return performance.now() - start;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      await forgetAttempts();
      known.push(await time(email));
      unknown.push(await time('nobody@example.com'));
    }
    // The quarter least disturbed by whatever else the machine does.
    const quiet = (times: number[]) =>
      times
        .sort((a, b) => a - b)
        .slice(0, 4)
        .reduce((sum, t) => sum + t, 0);
    const ratio = quiet(known) / quiet(unknown);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.2);
  });

  it('200 at once leave the event loop free', async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        enter({ email: `u${i}@example.com`, password: 'wrong' }, { ip: `198.51.100.${i}` }),
      ),
    );
    delay.disable();
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([401]));
    expect(delay.percentile(99) / 1e6).toBeLessThan(100);
  });
});

describe('R15 audit', () => {
  it('keeps sign-ins, failures and sign-outs, and never a password', async () => {
    await pool().query('SELECT 1');
    const before = (await auditOf('session.sign-in')).length;
    const cookie = cookieOf(await enter({}, { ip: '203.0.113.50' }));
    await enter({ password: 'CANARY-password' }, { ip: '203.0.113.51' });
    await enter({ email: 'canary-secret@example.com', password: 'x' }, { ip: '203.0.113.52' });
    await signOut(visit({}, { cookie }));
    const rows = (await auditOf('session.sign-in')).slice(before);
    expect(
      rows.map(({ phase, actor_id, target_id, ip, error_code }) => ({
        phase,
        actor_id,
        target_id,
        ip,
        error_code,
      })),
    ).toEqual([
      { phase: 'succeeded', actor_id: ada, target_id: ada, ip: '203.0.113.50', error_code: null },
      {
        phase: 'failed',
        actor_id: 'anonymous',
        target_id: ada,
        ip: '203.0.113.51',
        error_code: 'auth.credentials',
      },
      {
        phase: 'failed',
        actor_id: 'anonymous',
        target_id: '',
        ip: '203.0.113.52',
        error_code: 'auth.credentials',
      },
    ]);
    expect((await auditOf('session.sign-out')).at(-1)).toMatchObject({ phase: 'succeeded', actor_id: ada });
    expect(JSON.stringify(rows)).not.toMatch(/CANARY|canary/);
  });

  it('without a row there is no sign-in', async () => {
    await revokeSessionsOf(ada);
    await pool().query('ALTER TABLE audit_events RENAME TO audit_events_away');
    const answer = await enter();
    await pool().query('ALTER TABLE audit_events_away RENAME TO audit_events');
    expect(answer.status).toBe(503);
    expect(cookieOf(answer)).toBe('');
    expect(await listSessions(ada)).toEqual([]);
  });
});

describe('R14 what is sent', () => {
  it.each([
    ['an unknown field', { body: JSON.stringify({ email, password, admin: true }) }, 400],
    ['no object', { body: '[1]' }, 400],
    ['no JSON', { body: '{' }, 400],
    ['another type', { body: 'x', headers: { 'content-type': 'text/plain' } }, 400],
    [
      'multipart, as server actions use',
      { body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      400,
    ],
    ['too much', { body: JSON.stringify({ email, password: 'x'.repeat(20_000) }) }, 413],
    ['a prototype', { body: `{"email":"${email}","password":"x","__proto__":{"a":1}}` }, 400],
    ['a NUL', { body: JSON.stringify({ email: 'a\u0000@example.com', password: 'x' }) }, 400],
  ])('%s is refused', async (_, options, status) => {
    const answer = await signIn(visit(null, options as Parameters<typeof visit>[1]));
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code: status === 413 ? 'input.too-large' : 'input.invalid' });
  });

  it('whatever it is, the answer is a 4xx in words', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          fc.string({ unit: 'binary' }),
          fc.record({ email: fc.anything(), password: fc.anything() }).map((value) => {
            try {
              return JSON.stringify(value) ?? '';
            } catch {
              return '{}';
            }
          }),
        ),
        async (body) => {
          const answer = await signIn(visit(null, { body, ip: '203.0.113.200' }));
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(answer.status).toBeLessThan(500);
          expect(await answer.text()).not.toMatch(/\bat .*\.ts/);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a plain form goes back to its page with the problem, or on', async () => {
    const form = (fields: Record<string, string>) =>
      signIn(
        visit(null, {
          body: new URLSearchParams(fields).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
      );
    const back = await form({ email, password: 'wrong', next: '/audit' });
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toBe(
      'https://millrace.test/sign-in?next=%2Faudit&problem=auth.credentials',
    );
    const on = await form({ email, password, next: '//evil.example/' });
    expect(on.headers.get('location')).toBe('https://millrace.test/');
    expect(cookieOf(on)).not.toBe('');
  });
});
