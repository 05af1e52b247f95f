import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { platform } from '../fixtures/places.ts';

/** Runs the connection test of the form; answers its steps. */
async function walk(page: Page) {
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('Walking from the name to the rights.')).toHaveCount(0);
  const steps = page.getByRole('table', { name: 'Steps of the connection test' });
  await expect(steps).toBeVisible();
  return steps;
}

test('metrics, a canary and Connect are entered, and the connection test tries each', async ({ page }) => {
  await page.goto('/settings/clusters/new');
  await page.getByLabel('Name', { exact: true }).fill('Signal hill');
  await page.getByLabel('Bootstrap servers').fill(platform.bootstrap.join(', '));

  await test.step('endpoints, one of them wrong', async () => {
    await page.getByRole('radio', { name: /Endpoints of the brokers/ }).check();
    const urls = platform.jmxUrls.map((url, i) => `${i + 1} ${i === 2 ? 'http://127.0.0.1:1/metrics' : url}`);
    await page.getByLabel('Addresses of single brokers').fill(urls.join('\n'));
    await page.getByRole('switch', { name: /plain http to the metrics source/ }).check();
    const steps = await walk(page);
    const row = steps.getByRole('row', { name: /^Metrics Passed with a warning/ });
    await expect(row).toContainText('1 of 3 endpoints do not answer. Broker 3:');
  });

  await test.step('all of them, a canary and Connect', async () => {
    const urls = platform.jmxUrls.map((url, i) => `${i + 1} ${url}`);
    await page.getByLabel('Addresses of single brokers').fill(urls.join('\n'));
    await page.getByRole('switch', { name: /^Canary/ }).check();
    await page.getByLabel('Worker addresses').fill(platform.connectUrl);
    await page.getByRole('switch', { name: /plain http to the Connect workers/ }).check();
    const steps = await walk(page);
    await expect(steps.getByRole('row', { name: /^Metrics Passed All 3 endpoints answer/ })).toBeVisible();
    await expect(steps.getByRole('row', { name: /^Canary Passed/ })).toBeVisible();
    await expect(steps.getByRole('row', { name: /^Kafka Connect Passed The workers run/ })).toBeVisible();
    await page.setViewportSize({ width: 1440, height: 2_400 });
    await picture(page, 'cluster-sources');
  });

  await test.step('plain http that nobody allowed is refused at its field', async () => {
    await page.getByRole('switch', { name: /plain http to the Connect workers/ }).uncheck();
    await page.getByRole('button', { name: 'Add cluster' }).click();
    await expect(page.getByText('Write https, or allow plain http for this worker.')).toBeVisible();
  });

  await test.step('a Prometheus server that is not there says so', async () => {
    await page.getByRole('radio', { name: /A Prometheus server/ }).check();
    await page.getByLabel('Server address').fill('http://127.0.0.1:1');
    await page.getByLabel('Series of this cluster').fill('job="kafka"');
    await page.getByLabel('Worker addresses').fill('');
    const steps = await walk(page);
    await expect(steps.getByRole('row', { name: /^Metrics Failed/ })).toContainText(
      'it refused the connection',
    );
  });
});
