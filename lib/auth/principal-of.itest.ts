import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { changePassword } from '#lib/auth/change-password.ts';
import { announceRevoked, checkRevoked, onRevoked } from '#lib/auth/on-revoked.ts';
import { principalOf } from '#lib/auth/principal-of.ts';
import { hashToken, randomToken } from '#lib/auth/random-token.ts';
import { createSession, revokeSession, revokeSessionsOf } from '#lib/auth/sessions.ts';
import { insertAccessToken, revokeAccessToken } from '#lib/gateways/database/access-tokens.ts';
import { pool } from '#lib/gateways/database/client.ts';
import type { Principal, Role } from '#lib/model/principal.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { makeAccount, password } from '#lib/testing/visitor.ts';

let database: TestDatabase;
let ada = '';
beforeAll(async () => {
  process.env.PUBLIC_ORIGIN = 'https://millrace.test';
  database = await openTestDatabase();
  ada = await makeAccount('operator', 'ada@example.com');
});
afterAll(() => database.close());

const makeToken = async (role: Role) => {
  const text = `mlr_${randomToken(256)}`;
  const id = randomUUID();
  await insertAccessToken({
    id,
    userId: ada,
    name: 'script',
    hash: hashToken(text),
    prefix: text.slice(0, 10),
    role,
    days: 30,
  });
  return { id, text };
};
const byToken = (text: string, headers: Record<string, string> = {}) =>
  principalOf(new Headers({ authorization: `Bearer ${text}`, ...headers }));
const newSession = async () => {
  const session = await createSession(ada, new Headers());
  const cookie = session?.setCookies[0]?.split(';')[0] ?? '';
  return (await principalOf(new Headers({ cookie })))!;
};
const setRole = (role: Role) => pool().query('UPDATE users SET role = $2::role WHERE id = $1', [ada, role]);

describe('personal access tokens', () => {
  it('are worth the lower of their role and their owner’s, as it is now', async () => {
    const low = await makeToken('viewer');
    const high = await makeToken('operator');
    expect(await byToken(low.text)).toMatchObject({
      userId: ada,
      role: 'viewer',
      via: 'token',
      credentialId: low.id,
    });
    expect(await byToken(high.text)).toMatchObject({ role: 'operator' });
    await setRole('developer');
    expect(await byToken(high.text)).toMatchObject({ role: 'developer' });
    await setRole('admin');
    expect(await byToken(high.text)).toMatchObject({ role: 'operator' });
    await setRole('operator');
  });

  it('note when they were used', async () => {
    const { id, text } = await makeToken('viewer');
    await byToken(text);
    const { rows } = await pool().query(
      'SELECT last_used_at IS NOT NULL AS used, hash FROM access_tokens WHERE id = $1',
      [id],
    );
    expect(rows[0]).toEqual({ used: true, hash: hashToken(text) });
  });

  it('end by time, by being revoked, and with their owner', async () => {
    const late = await makeToken('viewer');
    await pool().query("UPDATE access_tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [
      late.id,
    ]);
    expect(await byToken(late.text)).toBeNull();
    const revoked = await makeToken('viewer');
    expect(await revokeAccessToken(revoked.id, 'somebody else')).toBe(false);
    expect(await byToken(revoked.text)).not.toBeNull();
    expect(await revokeAccessToken(revoked.id, ada)).toBe(true);
    expect(await byToken(revoked.text)).toBeNull();
    const owned = await makeToken('viewer');
    await pool().query('UPDATE users SET disabled_at = now() WHERE id = $1', [ada]);
    expect(await byToken(owned.text)).toBeNull();
    await pool().query('UPDATE users SET disabled_at = NULL WHERE id = $1', [ada]);
  });

  it('a header that is not one lets nobody in, not even by the cookie beside it', async () => {
    const session = await createSession(ada, new Headers());
    const cookie = session?.setCookies[0]?.split(';')[0] ?? '';
    const { text } = await makeToken('viewer');
    for (const authorization of [
      'Bearer',
      'Bearer ',
      `bearer ${text}`,
      `Bearer ${text}x`,
      `Bearer ${text},${text}`,
      "Bearer mlr_' OR 1=1 --",
    ]) {
      expect(await principalOf(new Headers({ authorization, cookie }))).toBeNull();
    }
    expect(await principalOf(new Headers({ authorization: `Basic ${text}` }))).toBeNull();
    expect(await principalOf(new Headers({ authorization: 'Basic eDp5', cookie }))).not.toBeNull();
    expect(await principalOf(new Headers({ cookie }))).not.toBeNull();
  });
});

describe('R5 open streams', () => {
  it('end at once when it happens here', async () => {
    const [mine, other] = [await newSession(), await newSession()];
    const [closed, kept] = [vi.fn(), vi.fn()];
    const stops = [onRevoked(mine, closed), onRevoked(other, kept)];
    await revokeSession(mine.credentialId);
    expect(closed).toHaveBeenCalledTimes(1);
    expect(kept).not.toHaveBeenCalled();
    await revokeSessionsOf(ada);
    expect(kept).toHaveBeenCalledTimes(1);
    announceRevoked({ userId: ada });
    expect(closed).toHaveBeenCalledTimes(1);
    for (const stop of stops) stop();
  });

  it('end at the next look when it happened elsewhere: session gone, role changed, user shut out, token revoked', async () => {
    const gone = await newSession();
    const stays = await newSession();
    const token = await makeToken('viewer');
    const script = (await byToken(token.text))!;
    const calls = { gone: vi.fn(), stays: vi.fn(), script: vi.fn() };
    onRevoked(gone, calls.gone);
    onRevoked(stays, calls.stays);
    onRevoked(script, calls.script);
    await checkRevoked();
    expect(calls.gone).not.toHaveBeenCalled();
    await pool().query('DELETE FROM sessions WHERE id = $1', [gone.credentialId]);
    await checkRevoked();
    expect(calls.gone).toHaveBeenCalledTimes(1);
    expect(calls.stays).not.toHaveBeenCalled();
    // A viewer's token of somebody who becomes developer is worth what it was.
    await setRole('developer');
    await checkRevoked();
    expect(calls.stays).toHaveBeenCalledTimes(1);
    expect(calls.script).not.toHaveBeenCalled();
    await pool().query('UPDATE users SET disabled_at = now() WHERE id = $1', [ada]);
    await checkRevoked();
    expect(calls.script).toHaveBeenCalledTimes(1);
    await pool().query('UPDATE users SET disabled_at = NULL WHERE id = $1', [ada]);
    await setRole('operator');
  });

  it('are not ended by a database that is away, nor by one that failed to close', async () => {
    const principal = await newSession();
    const second = await newSession();
    const [broken, fine] = [
      vi.fn(() => {
        throw new Error('broken');
      }),
      vi.fn(),
    ];
    onRevoked(principal, broken);
    onRevoked(second, fine);
    await pool().query('ALTER TABLE sessions RENAME TO sessions_away');
    await checkRevoked();
    await pool().query('ALTER TABLE sessions_away RENAME TO sessions');
    expect(fine).not.toHaveBeenCalled();
    announceRevoked({ userId: ada });
    expect(broken).toHaveBeenCalledTimes(1);
    expect(fine).toHaveBeenCalledTimes(1);
  });
});

describe('a new password', () => {
  const change = (principal: Principal, current: string, next: string) =>
    changePassword(principal, '192.0.2.9', { current, next });

  it('needs the old one, ends other sessions, and replaces it', async () => {
    const [mine, other] = [await newSession(), await newSession()];
    const closed = vi.fn();
    onRevoked(other, closed);
    await expect(change(mine, 'wrong', 'lantern-in-the-orchard')).rejects.toMatchObject({
      fields: { current: 'This is not your password.' },
    });
    await expect(change(mine, password, 'password1234')).rejects.toMatchObject({
      fields: { next: expect.any(String) },
    });
    expect(closed).not.toHaveBeenCalled();
    expect(await change(mine, password, 'lantern-in-the-orchard')).toBeGreaterThan(0);
    expect(closed).toHaveBeenCalledTimes(1);
    await expect(change(mine, password, 'another-good-lantern')).rejects.toMatchObject({
      code: 'input.invalid',
    });
    expect(await change(mine, 'lantern-in-the-orchard', password)).toBe(0);
  });

  it('cannot be guessed through an open session, nor set by a token', async () => {
    const mine = await newSession();
    for (let i = 0; i < 5; i += 1) {
      await expect(change(mine, 'wrong', 'lantern-in-the-orchard')).rejects.toMatchObject({
        code: 'input.invalid',
      });
    }
    await expect(change(mine, password, 'lantern-in-the-orchard')).rejects.toMatchObject({
      code: 'auth.throttled',
    });
    const script = (await byToken((await makeToken('operator')).text))!;
    await expect(change(script, password, 'lantern-in-the-orchard')).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
  });
});
