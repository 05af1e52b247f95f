import { readFileSync } from 'node:fs';
import { logPath } from '#platform/machine/processes.ts';
import { pages, routes, withNeeds } from '../fixtures/addresses.ts';
import { ask } from '../fixtures/ask.ts';
import { cookieOf, expect, test } from '../fixtures/journey.ts';
import { cluster, harbour, platform, strangeCluster } from '../fixtures/places.ts';

const host = new URL(harbour.origin).host;
const typed = 'canary-typed-by-an-admin-41b7';
const typedToken = 'canary-token-of-a-registry-8ce2';

/** Secrets of the cluster file, and those that an admin typed into the form. */
const secrets = [platform.credentials.admin.password, strangeCluster.password, typed, typedToken];

test('no page, no answer of the API and no line of the log gives a secret away (R18)', async ({ page }) => {
  test.slow();
  await test.step('an admin tests a connection and keeps it, with a secret that stands nowhere else', async () => {
    await page.goto('/settings/clusters/new');
    await page.getByLabel('Name', { exact: true }).fill('Canary island');
    await page.getByLabel('Bootstrap servers').fill(platform.saslBootstrap.join('\n'));
    await page.getByLabel('Authentication').selectOption('SCRAM-SHA-512');
    await page.getByLabel('User').fill('admin');
    await page.getByLabel('Password').fill(typed);
    await page.getByLabel('Registry address').fill('https://registry.example.invalid');
    await page.getByLabel('Authentication at the registry').selectOption('bearer');
    await page.getByLabel('Token of the registry').fill(typedToken);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByRole('table', { name: 'Steps of the connection test' })).toBeVisible();
    await page.getByRole('button', { name: 'Add cluster' }).click();
    await expect(page).toHaveURL(/\/clusters\/canary-island$/);
  });

  const addresses = [
    ...pages().flatMap(({ path }) => [
      { path, headers: {} },
      { path: `${path}?_rsc=1a2b3`, headers: { rsc: '1' } },
    ]),
    ...routes()
      .filter(({ path }) => path.startsWith('/api/v1/'))
      .map((route) => ({ path: withNeeds(route), headers: {} })),
    ...['', '/brokers', '/topics', '/groups'].map((path) => ({
      path: `/clusters/canary-island${path}`,
      headers: {},
    })),
    { path: '/settings/clusters/canary-island', headers: {} },
    { path: `/settings/clusters/${strangeCluster.id}`, headers: {} },
    { path: `/clusters/${strangeCluster.id}`, headers: {} },
    { path: '/api/v1/clusters/canary-island', headers: {} },
  ];
  const told: string[] = [];
  const broken: string[] = [];
  for (const { path, headers } of addresses) {
    const answer = await ask('GET', path, { host, cookie: cookieOf('admin'), ...headers });
    const text = `${JSON.stringify(answer.headers)}\n${answer.body}`;
    if (secrets.some((secret) => text.includes(secret))) told.push(path);
    if (answer.status >= 500 && answer.status !== 502 && answer.status !== 503 && answer.status !== 504)
      broken.push(`${path}: ${answer.status}`);
  }
  expect(told, 'answers that hold a secret').toEqual([]);
  expect(broken, 'answers that failed').toEqual([]);

  const log = readFileSync(logPath({ dataDir: harbour.server.dataDir, name: 'millrace' }), 'utf8');
  expect(log).toContain(cluster.id);
  expect(
    secrets.filter((secret) => log.includes(secret)),
    'secrets in the log',
  ).toEqual([]);

  await test.step('the form shows that there is a secret, not which', async () => {
    await page.goto('/settings/clusters/canary-island');
    await expect(page.getByLabel('Password')).toHaveValue('');
    // Of the brokers' password and of the registry's token.
    await expect(page.getByText('Set. Leave empty to keep it.')).toHaveCount(2);
  });

  await test.step('the cluster goes after its name was typed', async () => {
    await page.getByRole('button', { name: 'Plan' }).click();
    await page.getByLabel('Type Canary island to remove it').fill('Canary island');
    await page.getByRole('button', { name: 'Remove cluster' }).click();
    await expect(page).toHaveURL(/\/settings\/clusters$/);
    await expect(page.getByRole('link', { name: 'Canary island' })).toHaveCount(0);
  });
});
