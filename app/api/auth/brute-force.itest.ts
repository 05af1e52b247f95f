import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#lib/gateways/database/client.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { cookieOf, forgetAttempts, makeAccount, password, visit } from '#lib/testing/visitor.ts';
import { POST as signIn } from './sign-in/route.ts';

let database: TestDatabase;
const email = 'ada@example.com';

beforeAll(async () => {
  process.env.PUBLIC_ORIGIN = 'https://millrace.test';
  process.env.TRUSTED_PROXIES = '10.0.0.0/8';
  database = await openTestDatabase();
  await makeAccount('operator', email);
});
afterAll(() => database.close());
beforeEach(forgetAttempts);

const enter = (fields: Record<string, unknown> = {}, options: Parameters<typeof visit>[1] = {}) =>
  signIn(visit({ email, password, ...fields }, options));

describe('R8 brute force', () => {
  const wrong = (options: Parameters<typeof visit>[1] = {}, address = email) =>
    enter({ email: address, password: 'wrong' }, options);
  /** The statuses that thirty attempts end with. */
  const thirty = async (attempt: (i: number) => Promise<Response>) => [
    ...new Set(
      (await Promise.all(Array.from({ length: 30 }, (_, i) => attempt(i)))).map(({ status }) => status),
    ),
  ];
  const pass = (interval: string) =>
    pool().query(
      'UPDATE sign_in_throttles SET blocked_until = blocked_until - $1::interval, window_start = window_start - $1::interval',
      [interval],
    );

  it('five failures of an account, from wherever, and the right password has to wait too', async () => {
    for (let i = 0; i < 5; i += 1) expect((await wrong({ ip: `198.51.100.${i}` })).status).toBe(401);
    const refused = await enter({}, { ip: '198.51.100.99' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(25);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(cookieOf(refused)).toBe('');
    await pass('31 seconds');
    expect((await enter()).status).toBe(200);
    expect((await wrong()).status).toBe(401);
  });

  it('the delay doubles up to fifteen minutes, and trying meanwhile does not prolong it', async () => {
    for (let i = 0; i < 5; i += 1) await wrong();
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      const refused = await wrong();
      await wrong();
      const again = await wrong();
      expect(refused.status).toBe(429);
      const wait = Number(refused.headers.get('retry-after'));
      expect(Number(again.headers.get('retry-after'))).toBeLessThanOrEqual(wait);
      waits.push(wait);
      await pass(`${wait} seconds`);
      expect((await wrong()).status).toBe(401);
    }
    for (const [index, expected] of [30, 60, 120, 240, 480, 900, 900, 900].entries()) {
      expect(waits[index]).toBeGreaterThan(expected - 5);
      expect(waits[index]).toBeLessThanOrEqual(expected);
    }
    await pass('16 minutes');
    expect((await enter()).status).toBe(200);
  });

  it('an account that does not exist is delayed like one that does', async () => {
    for (let i = 0; i < 5; i += 1) expect((await wrong({}, 'nobody@example.com')).status).toBe(401);
    expect((await wrong({}, 'nobody@example.com')).status).toBe(429);
  });

  it('fifty at once try five passwords', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => wrong({ ip: `198.51.100.${i}` })));
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(45);
  });

  it('thirty failures of an address, which a forged X-Forwarded-For does not change', async () => {
    const from = (i: number) => ({ ip: '203.0.113.9', headers: { 'x-forwarded-for': `198.51.100.${i}` } });
    expect(await thirty((i) => wrong(from(i), `v${i}@example.com`))).toEqual([401]);
    expect((await wrong(from(30), 'v30@example.com')).status).toBe(429);
    expect((await enter({}, { ip: '203.0.113.10' })).status).toBe(200);
    // Behind a trusted proxy it is the client's address that counts, and what the client made up before it is not.
    const behind = (i: number) => ({
      ip: '10.0.0.1',
      headers: { 'x-forwarded-for': `6.6.6.${i}, 203.0.113.77` },
    });
    expect(await thirty((i) => wrong(behind(i), `w${i}@example.com`))).toEqual([401]);
    expect((await wrong(behind(99), 'w99@example.com')).status).toBe(429);
    expect((await enter({}, { ip: '10.0.0.1', headers: { 'x-forwarded-for': '203.0.113.78' } })).status).toBe(
      200,
    );
  });

  it('one IPv6 client is one, whatever address of its network it takes', async () => {
    expect(await thirty((i) => wrong({ ip: `2001:db8:1:2::${i + 1}` }, `x${i}@example.com`))).toEqual([401]);
    expect((await wrong({ ip: '2001:db8:1:2:ffff::1' }, 'x99@example.com')).status).toBe(429);
    expect((await wrong({ ip: '2001:db8:1:3::1' }, 'x99@example.com')).status).toBe(401);
  });
});
