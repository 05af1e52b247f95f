import { randomBytes } from 'node:crypto';
import { act } from '../fixtures/act.ts';
import { ask } from '../fixtures/ask.ts';
import { cookieName, expect, sessionCookie, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, harbour } from '../fixtures/places.ts';
import { signInAgain } from '../fixtures/sign-in-again.ts';

const host = new URL(harbour.origin).host;
const overview = `/clusters/${cluster.id}`;
const api = `/api/v1${overview}/overview`;

test('a session that is ended, a role that is lowered and a person who is shut out: each acts at once (R5)', async ({
  page,
  browser,
}) => {
  const name = `leaver-${randomBytes(3).toString('hex')}`;
  const [here = '', elsewhere = ''] = await signInAgain([`${name}:operator`, `${name}:operator`]);
  const contexts = await Promise.all(
    [here, elsewhere].map(async (token) => {
      const context = await browser.newContext({ baseURL: harbour.origin });
      await context.addCookies([sessionCookie(token)]);
      return context;
    }),
  );
  const [first, second] = await Promise.all(contexts.map((context) => context.newPage()));
  if (!first || !second) throw new Error('there are no two pages');

  await test.step('two browsers are signed in, one looks at a cluster', async () => {
    await first.goto(overview);
    await expect(first.getByRole('table', { name: 'Brokers of the cluster' })).toBeVisible();
    await second.goto('/settings/sessions');
    await expect(second.getByRole('table', { name: 'Your sessions' }).getByRole('row')).toHaveCount(3);
  });

  await test.step('the second ends the session of the first', async () => {
    await second.getByRole('button', { name: 'End session' }).click();
    await expect(second.getByRole('table', { name: 'Your sessions' }).getByRole('row')).toHaveCount(2);
    const answer = await ask('GET', api, { host, cookie: `${cookieName}=${here}` });
    expect(answer.status).toBe(401);
    await first.getByRole('link', { name: 'Topics' }).first().click();
    await expect(first).toHaveURL(/\/sign-in/);
  });

  await test.step('an admin lowers the role, and the next act is refused', async () => {
    await page.goto(`/settings/users?q=${name}`);
    const row = page.getByRole('row', { name: new RegExp(name) });
    await row.getByRole('combobox', { name: /^Role of/ }).selectOption('viewer');
    await expect(page.getByText(/is viewer now/)).toBeVisible();
    const cookie = `${cookieName}=${elsewhere}`;
    expect([401, 403]).toContain((await ask('GET', '/api/v1/audit', { host, cookie })).status);
    const refused = await act(cookie, 'planCreateTopicAction', {
      clusterId: cluster.id,
      topic: 'e2e-leaver',
      partitions: 1,
      replicationFactor: 3,
      configs: {},
    });
    expect(
      refused.body.includes('"auth.forbidden"') ||
        refused.body.includes('"auth.required"') ||
        refused.status === 401,
    ).toBe(true);
    await picture(page, 'users');
  });

  await test.step('an admin shuts the person out, and every session is over', async () => {
    const [third = ''] = await signInAgain([`${name}:viewer`]);
    const cookie = `${cookieName}=${third}`;
    expect((await ask('GET', api, { host, cookie })).status).toBe(200);
    const stream = ask('GET', `/api/v1${overview}/live`, { host, cookie }, { maxMs: 30_000 });
    const row = page.getByRole('row', { name: new RegExp(name) });
    await row.getByRole('button', { name: 'Shut out' }).click();
    await expect(row.getByRole('button', { name: 'Let in again' })).toBeVisible();
    expect((await ask('GET', api, { host, cookie })).status).toBe(401);
    expect(await stream, 'the open stream is ended by the server').toMatchObject({
      status: 200,
      hasEnded: true,
    });
    await second.goto('/settings');
    await expect(second).toHaveURL(/\/sign-in/);
  });

  await Promise.all(contexts.map((context) => context.close()));
});
