import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, stopServer } from '#platform/application/server.ts';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { virgin } from '../fixtures/places.ts';

const admin = { name: 'Ida Holm', email: 'ida@example.com', password: 'quiet tidal mill wheel 91' };
const tokenFile = join(virgin.server.dataDir, 'millrace', 'setup-token');

test.use({ person: 'stranger', baseURL: virgin.origin });

test.beforeAll(async () => {
  await stopServer(virgin.server);
  rmSync(virgin.server.dataDir, { recursive: true, force: true });
  await startServer(virgin.server);
});
test.afterAll(() => stopServer(virgin.server));

test('the first start makes one admin by the printed token, who then signs in (R11)', async ({
  page,
  request,
}) => {
  const token = readFileSync(tokenFile, 'utf8').trim();

  await test.step('everything leads to the first start', async () => {
    await page.goto('/clusters/any/topics');
    await expect(page).toHaveURL(`${virgin.origin}/setup`);
    await expect(page.getByRole('heading', { name: 'First start' })).toBeVisible();
    await picture(page, 'first-start');
  });

  await test.step('a wrong token is refused, and nothing that was typed is lost', async () => {
    await page.getByLabel('Setup token').fill('A'.repeat(22));
    await page.getByLabel('Your name').fill(admin.name);
    await page.getByLabel('E-mail').fill(admin.email);
    await page.getByLabel('Password', { exact: true }).fill(admin.password);
    await page.getByRole('button', { name: 'Make the first admin' }).click();
    await expect(
      page
        .getByText(/setup token/i)
        .and(page.locator('[role=alert], .er, .notice *'))
        .first(),
    ).toBeVisible();
    await expect(page.getByLabel('Your name')).toHaveValue(admin.name);
  });

  await test.step('a password that everybody knows is refused at its field', async () => {
    await page.getByLabel('Setup token').fill(token);
    await page.getByLabel('Password', { exact: true }).fill('passwordpassword');
    await page.getByRole('button', { name: 'Make the first admin' }).click();
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  });

  await test.step('the right one makes the admin and signs in', async () => {
    await page.getByLabel('Password', { exact: true }).fill(admin.password);
    await page.getByRole('button', { name: 'Make the first admin' }).click();
    await expect(page.getByRole('heading', { name: 'No cluster is watched yet.' })).toBeVisible();
    await expect(page.getByRole('link', { name: /Add cluster/ }).first()).toBeVisible();
    await picture(page, 'fleet-empty');
  });

  await test.step('there is no second setup', async () => {
    await page.goto('/setup');
    await expect(page).toHaveURL(`${virgin.origin}/`);
    const again = await request.post('/api/auth/setup', {
      headers: { origin: virgin.origin, accept: 'application/json' },
      form: { ...admin, token, email: 'second@example.com' },
      maxRedirects: 0,
    });
    expect(again.status(), 'the setup is over').not.toBe(200);
    expect(again.headers()['set-cookie'] ?? '').not.toContain('millrace.session=');
    expect(() => readFileSync(tokenFile), 'the token is not kept').toThrow('ENOENT');
  });

  await test.step('signing out ends the session', async () => {
    await page.getByRole('button', { name: `${admin.name}, admin` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto('/settings/users');
    await expect(page).toHaveURL(`${virgin.origin}/sign-in?next=%2Fsettings%2Fusers`);
    await picture(page, 'sign-in');
  });

  await test.step('a wrong password and an unknown person get the same answer', async () => {
    const answers: string[] = [];
    for (const email of [admin.email, 'nobody@example.com']) {
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('not the right one at all');
      const answer = page.waitForResponse('**/api/auth/sign-in');
      await page.getByRole('button', { name: 'Sign in' }).click();
      answers.push(await (await answer).text());
      await expect(page.getByRole('button', { name: 'Sign in' })).not.toHaveAttribute(
        'aria-disabled',
        'true',
      );
    }
    expect(answers[0]).toBe(answers[1]);
    await expect(page).toHaveURL(/\/sign-in/);
  });

  await test.step('the right password leads to where the person wanted to go', async () => {
    await page.getByLabel('E-mail').fill(admin.email);
    await page.getByLabel('Password', { exact: true }).fill(admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(`${virgin.origin}/settings/users`);
    await expect(page.getByRole('row', { name: /ida@example\.com/ })).toBeVisible();
  });
});
