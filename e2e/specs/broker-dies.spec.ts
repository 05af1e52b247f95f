import { run } from '#platform/machine/run.ts';
import { projectRoot, testEnvironment } from '#platform/settings.ts';
import { ask } from '../fixtures/ask.ts';
import { cookieOf, expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, group, harbour, topics } from '../fixtures/places.ts';

const host = new URL(harbour.origin).host;
const own = `/clusters/${cluster.id}`;

/** The platform's own program, as an operator would use it. */
async function broker(verb: 'kill-broker' | 'start-broker'): Promise<void> {
  const { code, stdout, stderr } = await run(
    process.execPath,
    [`${projectRoot}/platform/main.ts`, verb, '3'],
    {
      cwd: projectRoot,
      env: { ...testEnvironment(), NODE_OPTIONS: '' },
      timeoutMs: 120_000,
    },
  );
  if (code !== 0) throw new Error(`${verb}: ${stderr || stdout}`);
}

test.use({ person: 'operator' });
test.afterAll(() => broker('start-broker'));

test('a broker dies: told within 15 s, with what suffers, while everything else answers; it comes back and all is well', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const findings = page.getByRole('table', { name: 'Findings, worst first' });
  const dead = findings.getByRole('row', { name: /Broker 3 does not answer/ });

  await test.step('all brokers answer', async () => {
    await page.goto(own);
    await expect(page.getByRole('table', { name: 'Brokers of the cluster' }).getByRole('row')).toHaveCount(4);
    await expect(dead).toHaveCount(0, { timeout: 60_000 });
  });

  await test.step('broker 3 is killed, and the open page says so within 15 s', async () => {
    await broker('kill-broker');
    await expect(dead).toBeVisible({ timeout: 15_000 });
    await expect(dead).toContainText(/\d+ partitions? ha(s|ve) a replica on it/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Broker 3 does not answer');
    await picture(page, 'broker-dead-overview', { isWhole: true });
  });

  await test.step('the partitions that suffer are named', async () => {
    await page.goto(`${own}/topics?show=under-replicated&q=e2e-`);
    const row = page.getByRole('row', { name: topics.replicated });
    await expect(row).toContainText(/6\s*under-replicated/, { timeout: 30_000 });
    await picture(page, 'broker-dead-topics');
    await page.goto(`${own}/topics/${topics.replicated}/partitions`);
    const partitions = page.getByRole('main').locator('tr[data-row]');
    await expect(partitions.filter({ hasText: 'Under-replicated' })).toHaveCount(6);
    await expect(
      page.getByText(/Broker 3 does not answer, so 6 partitions are under-replicated/),
    ).toBeVisible();
    await picture(page, 'broker-dead-partitions');
  });

  await test.step('everything else still answers, and soon', async () => {
    const cookie = cookieOf('operator');
    const slow: string[] = [];
    for (const path of [
      '/overview',
      '/brokers',
      '/topics',
      '/groups',
      `/topics/${topics.orders}`,
      `/groups/${group}`,
      `/topics/${topics.orders}/messages`,
      `/topics/${topics.orders}/configs`,
    ]) {
      const from = performance.now();
      const answer = await ask('GET', `/api/v1${own}${path}`, { host, cookie });
      const ms = Math.round(performance.now() - from);
      if (answer.status !== 200 || ms > 5_000) slow.push(`${path}: ${answer.status} after ${ms} ms`);
    }
    expect(slow).toEqual([]);
    await page.goto(`${own}/brokers/3`);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await picture(page, 'broker-dead-broker');
    await page.goto('/');
    await expect(page.getByRole('row', { name: new RegExp(cluster.name) })).toContainText('2 of 3');
    await picture(page, 'broker-dead-fleet');
  });

  await test.step('it is started again, and the open page recovers', async () => {
    await page.goto(own);
    await expect(dead).toBeVisible();
    await broker('start-broker');
    await expect(dead).toHaveCount(0, { timeout: 90_000 });
    await page.goto(`${own}/topics?q=${topics.replicated}`);
    await expect(page.getByRole('row', { name: topics.replicated })).toContainText('In sync', {
      timeout: 60_000,
    });
    await page.goto(own);
    await expect(page.getByRole('table', { name: 'Brokers of the cluster' })).toBeVisible();
    await picture(page, 'broker-back-overview', { isWhole: true });
  });
});
