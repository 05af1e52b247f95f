import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mintInvitation, readInvitation } from '#lib/auth/accept-invitation.ts';
import { announceSetup, setupTokenFile } from '#lib/auth/announce-setup.ts';
import { readSignInLink } from '#lib/auth/enter-by-link.ts';
import { mintSignInLink } from '#lib/auth/mint-sign-in-link.ts';
import { principalOf } from '#lib/auth/principal-of.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { revokeInvite } from '#lib/gateways/database/invites.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { auditOf, cookieOf, forgetAttempts, makeAccount, password, visit } from '#lib/testing/visitor.ts';
import { POST as invite } from './invite/route.ts';
import { POST as link } from './link/route.ts';
import { POST as setup } from './setup/route.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  process.env.PUBLIC_ORIGIN = 'https://millrace.test';
  process.env.MILLRACE_DATA_DIR = database.dataDir;
});
afterAll(() => database.close());
beforeEach(forgetAttempts);

const who = (answer: Response) => principalOf(new Headers({ cookie: cookieOf(answer) }));
const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;
const statuses = (answers: Response[]) => answers.map((answer) => answer.status).sort();
const dump = async () => {
  const { rows: tables } = await pool().query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  const contents = await Promise.all(
    tables.map(({ name }) => pool().query(`SELECT t::text FROM "${name}" t`)),
  );
  return JSON.stringify(contents.map(({ rows }) => rows));
};

describe('R11 the first start', () => {
  const first = { name: 'Ada', email: 'Ada@Example.com ', password };
  let token = '';

  it('prints a 128-bit token once, and leaves it in a file for this user only', async () => {
    const printed: string[] = [];
    await announceSetup((text) => printed.push(text));
    token = readFileSync(setupTokenFile(), 'utf8').trim();
    expect(Buffer.from(token, 'base64url')).toHaveLength(16);
    expect(statSync(setupTokenFile()).mode & 0o777).toBe(0o600);
    expect(printed.join('').split(token)).toHaveLength(2);
    expect(printed.join('')).toContain('https://millrace.test/setup');
    expect(await dump()).not.toContain(token);
  });

  it('a restart makes the token before it worthless', async () => {
    const old = token;
    await announceSetup(() => {});
    token = readFileSync(setupTokenFile(), 'utf8').trim();
    const answer = await setup(visit({ ...first, token: old }));
    expect(answer.status).toBe(403);
    expect(await codeOf(answer)).toBe('setup.token');
    expect((await auditOf('application.set-up')).at(-1)).toMatchObject({
      phase: 'failed',
      error_code: 'setup.token',
    });
  });

  it('refuses a wrong token and a weak password, and spends nothing by it', async () => {
    expect((await setup(visit({ ...first, token: 'A'.repeat(22) }))).status).toBe(403);
    const weak = await setup(visit({ ...first, token, password: 'password1234' }));
    expect(await weak.json()).toMatchObject({
      code: 'input.invalid',
      fields: { password: expect.stringContaining('tried first') },
    });
    const own = await setup(visit({ ...first, token, password: 'ada@example.com' }));
    expect(await own.json()).toMatchObject({ fields: { password: expect.any(String) } });
    expect((await pool().query('SELECT 1 FROM users')).rowCount).toBe(0);
  });

  it('the token is good for an hour', async () => {
    await pool().query("UPDATE setup_token SET expires_at = expires_at - interval '61 minutes'");
    expect((await setup(visit({ ...first, token }))).status).toBe(403);
    await pool().query("UPDATE setup_token SET expires_at = expires_at + interval '61 minutes'");
  });

  it('without an audit nothing is made', async () => {
    await pool().query('ALTER TABLE audit_events RENAME TO audit_events_away');
    const answer = await setup(visit({ ...first, token }));
    await pool().query('ALTER TABLE audit_events_away RENAME TO audit_events');
    expect(answer.status).toBe(503);
    expect((await pool().query('SELECT 1 FROM users')).rowCount).toBe(0);
  });

  it('of three at once one makes the admin', async () => {
    const answers = await Promise.all(
      [first.email, 'eve@example.com', 'mallory@example.com'].map((email) =>
        setup(visit({ ...first, email, token })),
      ),
    );
    expect(statuses(answers)).toEqual([200, 409, 409]);
    expect((await pool().query('SELECT role FROM users')).rows).toEqual([{ role: 'admin' }]);
    expect(existsSync(setupTokenFile())).toBe(false);
    const winner = answers.find(({ status }) => status === 200)!;
    expect(await who(winner)).toMatchObject({ role: 'admin', via: 'session', name: 'Ada' });
    expect((await auditOf('application.set-up')).filter(({ phase }) => phase === 'succeeded')).toHaveLength(
      1,
    );
    const kept = await dump();
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(password);
  });

  it('is gone afterwards', async () => {
    expect(await codeOf(await setup(visit({ ...first, token })))).toBe('setup.done');
    const printed: string[] = [];
    await announceSetup((text) => printed.push(text));
    expect(printed).toEqual([]);
    expect(existsSync(setupTokenFile())).toBe(false);
  });
});

describe('invitations', () => {
  const invited = async (email: string, role: 'viewer' | 'operator' = 'operator') => {
    const made = await mintInvitation({ email, role, invitedById: 'ada' });
    return { ...made, token: new URL(made.link).searchParams.get('token') ?? '' };
  };
  const join = (token: string, fields: Record<string, unknown> = {}) =>
    invite(visit({ token, name: 'Grace', password, ...fields }));

  it('make the invited account with the invited role, once', async () => {
    const { token, invite: row } = await invited('Grace@Example.com');
    expect(await readInvitation(token)).toMatchObject({ email: 'grace@example.com', role: 'operator' });
    expect(await dump()).not.toContain(token);
    const answers = await Promise.all([join(token), join(token), join(token)]);
    expect(statuses(answers)).toEqual([200, 410, 410]);
    const winner = answers.find(({ status }) => status === 200)!;
    expect(await who(winner)).toMatchObject({ email: 'grace@example.com', role: 'operator', name: 'Grace' });
    expect(await readInvitation(token)).toBeNull();
    const rows = (await auditOf('invite.accept')).filter((audit) => audit.target_id === row.id);
    expect(rows.filter(({ phase }) => phase === 'succeeded')).toHaveLength(1);
  });

  it('cannot be given another role or e-mail by whoever accepts', async () => {
    const { token } = await invited('joan@example.com', 'viewer');
    expect((await join(token, { role: 'admin' })).status).toBe(400);
    expect((await join(token, { email: 'eve@example.com' })).status).toBe(400);
    expect(await who(await join(token))).toMatchObject({ email: 'joan@example.com', role: 'viewer' });
  });

  it('end by time, by being withdrawn, and by a newer one', async () => {
    const late = await invited('late@example.com');
    await pool().query("UPDATE invites SET expires_at = now() - interval '1 second' WHERE id = $1", [
      late.invite.id,
    ]);
    expect(await codeOf(await join(late.token))).toBe('invite.over');
    const withdrawn = await invited('withdrawn@example.com');
    expect(await revokeInvite(withdrawn.invite.id)).toBe(true);
    expect(await revokeInvite(withdrawn.invite.id)).toBe(false);
    expect((await join(withdrawn.token)).status).toBe(410);
    const older = await invited('twice@example.com', 'operator');
    const newer = await invited('twice@example.com', 'viewer');
    expect((await join(older.token)).status).toBe(410);
    expect(await who(await join(newer.token))).toMatchObject({ role: 'viewer' });
  });

  it('do not touch an account that exists', async () => {
    const id = await makeAccount('viewer', 'here@example.com');
    const { token } = await invited('here@example.com');
    expect(await codeOf(await join(token))).toBe('user.exists');
    expect((await pool().query('SELECT role FROM users WHERE id = $1', [id])).rows).toEqual([
      { role: 'viewer' },
    ]);
  });

  it('refuse names that pretend', async () => {
    const { token } = await invited('name@example.com');
    for (const name of ['', ' ', 'a\u0000b', 'Ada\u202egro', 'x'.repeat(81), 'zero\u200bwidth']) {
      expect(await (await join(token, { name })).json()).toMatchObject({
        fields: { name: expect.any(String) },
      });
    }
  });
});

describe('one-time links', () => {
  const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? '';
  const come = (token: string) => link(visit({ token }));

  it('wait for a click, sign in once, as a person without a password', async () => {
    const url = await mintSignInLink('operator');
    expect(url).toMatch(/^https:\/\/millrace\.test\/sign-in\/link\?token=[A-Za-z0-9_-]{43}$/);
    const token = tokenOf(url);
    expect(await dump()).not.toContain(token);
    for (let looks = 0; looks < 3; looks += 1) {
      expect(await readSignInLink(token)).toMatchObject({ name: 'Demo operator', role: 'operator' });
    }
    const answers = await Promise.all([come(token), come(token), come(token)]);
    expect(statuses(answers)).toEqual([200, 410, 410]);
    expect(await who(answers.find(({ status }) => status === 200)!)).toMatchObject({ role: 'operator' });
    expect(await readSignInLink(token)).toBeNull();
    const { rows } = await pool().query(
      "SELECT 1 FROM accounts a JOIN users u ON u.id = a.user_id WHERE u.email = 'operator@demo.invalid'",
    );
    expect(rows).toEqual([]);
  });

  it('lead to the same person each time, with the role it has now', async () => {
    await pool().query("UPDATE users SET role = 'viewer' WHERE email = 'operator@demo.invalid'");
    const answer = await come(tokenOf(await mintSignInLink('operator')));
    expect(await who(answer)).toMatchObject({ role: 'viewer' });
    await pool().query("UPDATE users SET role = 'operator' WHERE email = 'operator@demo.invalid'");
  });

  it('end by time, and with the person', async () => {
    const late = tokenOf(await mintSignInLink('developer'));
    await pool().query("UPDATE sign_in_links SET expires_at = now() - interval '1 second'");
    expect((await come(late)).status).toBe(410);
    const shut = tokenOf(await mintSignInLink('developer'));
    await pool().query("UPDATE users SET disabled_at = now() WHERE email = 'developer@demo.invalid'");
    expect(await readSignInLink(shut)).toBeNull();
    expect((await come(shut)).status).toBe(410);
  });

  it('cannot be guessed at speed', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 31; i += 1) answers.push((await come('A'.repeat(43))).status);
    expect(answers.slice(0, 30)).toEqual(Array(30).fill(410));
    expect(answers[30]).toBe(429);
  });
});
