import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { platform } from '../fixtures/places.ts';

const name = 'Lighthouse';

/** Runs the connection test of the form and waits for its end. */
async function walk(page: Page) {
  await page.getByRole('button', { name: 'Test connection' }).click();
  const steps = page.getByRole('table', { name: 'Steps of the connection test' });
  await expect(page.getByText('Walking from the name to the rights.')).toHaveCount(0);
  await expect(steps).toBeVisible();
  return { steps, says: steps.locator('xpath=preceding-sibling::*[1]') };
}

test('a cluster is added: each wrong way names its cause, the right one connects', async ({ page }) => {
  const { username, password } = platform.credentials.admin;
  const [first = ''] = platform.saslBootstrap;
  await page.goto('/settings/clusters');
  await page.getByRole('link', { name: 'Add cluster' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('radio', { name: /Development/ }).check();
  const bootstrap = page.getByLabel('Bootstrap servers');

  await test.step('wrong port: nothing listens there', async () => {
    await bootstrap.fill('127.0.0.1:1');
    const { steps, says } = await walk(page);
    await expect(steps.getByRole('row', { name: /^Port Failed/ })).toBeVisible();
    await expect(says).toContainText(/127\.0\.0\.1:1\b|port 1\b/i);
    await picture(page, 'add-cluster-wrong-port');
  });

  await test.step('wrong protocol: the listener wants a sign-in', async () => {
    await bootstrap.fill(first);
    const { steps, says } = await walk(page);
    await expect(steps.getByRole('row', { name: /^Sign-in Failed/ })).toBeVisible();
    await expect(says).toContainText('SASL');
  });

  await test.step('wrong protocol: the listener speaks no TLS', async () => {
    await page.getByRole('switch', { name: /TLS/ }).check();
    const { steps, says } = await walk(page);
    await expect(steps.getByRole('row', { name: /^TLS Failed/ })).toBeVisible();
    await expect(says).toContainText('TLS');
    await page.getByRole('switch', { name: /TLS/ }).uncheck();
  });

  await test.step('wrong password', async () => {
    await page.getByLabel('Authentication').selectOption('SCRAM-SHA-512');
    await page.getByLabel('User').fill(username);
    await page.getByLabel('Password').fill(`not ${password}`);
    const { steps, says } = await walk(page);
    await expect(steps.getByRole('row', { name: /^Sign-in Failed/ })).toBeVisible();
    await expect(says).toContainText(/password/i);
    await picture(page, 'add-cluster-wrong-password');
  });

  await test.step('all right', async () => {
    await bootstrap.fill(platform.saslBootstrap.join(', '));
    await page.getByLabel('Password').fill(password);
    const { steps, says } = await walk(page);
    await expect(says).toContainText('3 brokers');
    await expect(steps.getByText('Failed')).toHaveCount(0);
    await picture(page, 'add-cluster-right');
  });

  await test.step('it is kept, and its overview fills with the real cluster', async () => {
    await page.getByRole('button', { name: 'Add cluster' }).click();
    await expect(page).toHaveURL(/\/clusters\/lighthouse$/);
    await expect(page.getByRole('table', { name: 'Brokers of the cluster' }).getByRole('row')).toHaveCount(4);
    await page.goto('/');
    await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('3 of 3');
  });

  await test.step('a second cluster of the same id is refused at its field', async () => {
    await page.goto('/settings/clusters/new');
    await page.getByLabel('Name', { exact: true }).fill(name);
    await bootstrap.fill(first);
    await page.getByRole('button', { name: 'Add cluster' }).click();
    await expect(
      page
        .getByRole('alert')
        .filter({ hasText: /lighthouse|exists|taken/i })
        .first(),
    ).toBeVisible();
    await expect(bootstrap).toHaveValue(first);
  });

  await test.step('it is removed again, after its name was typed', async () => {
    await page.goto('/settings/clusters/lighthouse');
    await page.getByRole('button', { name: 'Plan' }).click();
    const remove = page.getByRole('button', { name: 'Remove cluster' });
    await expect(remove).toBeDisabled();
    await page.getByLabel(`Type ${name} to remove it`).fill(name);
    await remove.click();
    await expect(page).toHaveURL(/\/settings\/clusters$/);
  });
});
