import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, strangeCluster, topics } from '../fixtures/places.ts';

const own = `/clusters/${cluster.id}`;

test.use({ person: 'operator' });

test('a cluster over time: one range and one comparison for all charts and pages', async ({ page }) => {
  await page.goto(own);
  await expect(page.getByRole('table', { name: 'Brokers of the cluster' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page).toHaveURL(new RegExp(`${own}/metrics$`));
  await expect(page.getByRole('table', { name: /^Records/ })).toContainText('Written');
  await picture(page, 'metrics-cluster', { isWhole: true });

  await test.step('a longer range and yesterday stand in the address and go along', async () => {
    await page.getByRole('button', { name: 'Longer range, or from and to' }).click();
    await page.getByRole('button', { name: 'Last 30 days' }).click();
    await expect(page).toHaveURL(/range=30d/);
    await page.getByRole('button', { name: 'Yesterday' }).click();
    await expect(page).toHaveURL(/compare=1d/);
    await expect(page.getByRole('columnheader', { name: 'A day before' }).first()).toBeVisible();
    await page.getByRole('link', { name: 'Brokers', exact: true }).last().click();
    await expect(page).toHaveURL(/metrics\/brokers\?range=30d&compare=1d/);
    await expect(page.getByRole('heading', { name: 'What it leads' })).toBeVisible();
    await picture(page, 'metrics-brokers', { isWhole: true });
  });

  await test.step('from here to there', async () => {
    await page.goto(`${own}/metrics`);
    await page.getByRole('button', { name: 'Longer range, or from and to' }).click();
    await page.getByLabel(/^From/).fill('2026-01-02T03:00');
    await page.getByLabel('To', { exact: true }).fill('2026-01-02T01:00');
    await page.getByRole('button', { name: 'Show range' }).click();
    await expect(page.getByText('The end is not after the beginning.')).toBeVisible();
    await page.getByLabel('To', { exact: true }).fill('2026-01-02T04:00');
    await page.getByRole('button', { name: 'Show range' }).click();
    await expect(page).toHaveURL(/range=\d{13}-\d{13}/);
    await expect(page.getByText(/No sample in this range/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Back to the last hour' }).click();
    await expect(page).not.toHaveURL(/range=/);
  });
});

test('dragging in one chart sets the range of the page', async ({ page }) => {
  await page.goto(`${own}/metrics`);
  await expect(page.getByRole('table', { name: /^Records/ })).toBeVisible();
  const chart = page.getByRole('img', { name: /^Records/ });
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (!box) throw new Error('There is no chart of records.');
  await page.mouse.move(box.x + box.width * 0.7, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.95, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/range=\d{13}-\d{13}/);
});

test('the explorer answers which topics are largest, by name and as a file', async ({ page }) => {
  await page.goto(`${own}/metrics/explore`);
  await page.getByLabel('What is compared').selectOption({ label: 'Topics: Size' });
  await page.getByRole('button', { name: 'Most', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Part of the name' }).fill(topics.orders);
  await expect(page).toHaveURL(/q=e2e-orders/);
  const ranking = page.getByRole('table', { name: 'topics by most' });
  const row = ranking.getByRole('row', { name: new RegExp(topics.orders) });
  await expect(row.first()).toBeVisible();
  await picture(page, 'metrics-explore', { isWhole: true });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  await page.getByRole('button', { name: 'Heat map' }).click();
  await expect(page.getByRole('img', { name: /^Size\. The values stand/ })).toBeVisible();
  await row.first().getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`topics/${topics.orders}/metrics`));
});

test('a topic and one of its partitions over time', async ({ page }) => {
  await page.goto(`${own}/topics/${topics.orders}/metrics`);
  await expect(page.getByRole('table', { name: /^Size of the leaders/ })).toBeVisible();
  await picture(page, 'topic-metrics', { isWhole: true });
  await page.goto(`${own}/topics/${topics.orders}/metrics/0`);
  await expect(page.getByRole('heading', { name: /^Partition 0/ })).toBeVisible();
  await page.goto(`${own}/topics/${topics.orders}/metrics/99`);
  await expect(page.getByRole('heading', { name: 'There is no partition 99' })).toBeVisible();
});

test('what cannot be read says why, and is not drawn as zero', async ({ page }) => {
  await page.goto(`/clusters/${strangeCluster.id}/metrics`);
  const canary = page.getByRole('region', { name: 'Canary' });
  await canary.scrollIntoViewIfNeeded();
  await expect(canary).toContainText('refused the SCRAM-SHA-512 credentials');
  await expect(canary.getByRole('table')).toHaveCount(0);
});
