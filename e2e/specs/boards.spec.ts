import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, topics } from '../fixtures/places.ts';

const own = `/clusters/${cluster.id}`;
const board = 'E2E orders at a glance';

test.use({ person: 'operator' });

test('a chart is pinned with a target, shown on a wall without a sign-in, and revoked', async ({
  page,
  browser,
}) => {
  test.slow();
  await test.step('from a chart to a new board', async () => {
    await page.goto(`${own}/topics/${topics.orders}/metrics`);
    await page.getByRole('button', { name: 'More of Records in', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Pin to a board' }).click();
    const sheet = page.getByRole('dialog', { name: 'Pin to a board' });
    await sheet.getByLabel('Board', { exact: true }).selectOption({ label: 'A new board' });
    await sheet.getByLabel('Name of the new board').fill(board);
    await sheet.getByLabel('Title').fill('Orders in');
    await sheet.getByLabel('Number').selectOption({ label: 'Total' });
    await sheet.getByLabel('Target', { exact: true }).selectOption({ label: 'At least' });
    await sheet.getByLabel('Target value').fill('a few');
    await sheet.getByRole('button', { name: 'Pin to board' }).click();
    await expect(sheet.getByText('Write a number.')).toBeVisible();
    await sheet.getByLabel('Target value').fill('1,000,000');
    await sheet.getByRole('button', { name: 'Pin to board' }).click();
    await expect(page.getByText(`Pinned to ${board}.`)).toBeVisible();
  });

  await test.step('the board shows the number, and that the target is missed', async () => {
    await page.goto('/boards');
    await page.getByRole('link', { name: board }).click();
    const tile = page.getByRole('article', { name: 'Orders in' });
    await expect(tile).toContainText('Target missed: at least 1,000,000 records');
    await page.getByRole('button', { name: 'Add tile' }).click();
    const sheet = page.getByRole('dialog', { name: 'Add tile' });
    await sheet.getByLabel('What').selectOption({ label: 'Cluster: Brokers that answer' });
    await expect(sheet.getByLabel('Title')).toHaveValue('Brokers that answer');
    await sheet.getByRole('button', { name: 'Add tile' }).click();
    await expect(page.getByRole('article', { name: 'Brokers that answer' })).toContainText('3');
    await picture(page, 'board');
  });

  await test.step('tiles move and go', async () => {
    await page.getByRole('button', { name: 'Actions on Brokers that answer' }).click();
    await page.getByRole('menuitem', { name: 'Move earlier' }).click();
    await expect(page.getByRole('article').first()).toHaveAccessibleName('Brokers that answer');
  });

  const link = await test.step('a link for a wall is shown once', async () => {
    await page.getByRole('button', { name: 'Wall screens' }).click();
    const sheet = page.getByRole('dialog', { name: 'Wall screens' });
    await sheet.getByLabel('Where it hangs').fill('Wall, 3rd floor');
    await sheet.getByRole('button', { name: 'Make link' }).click();
    await expect(sheet.getByRole('row', { name: /Wall, 3rd floor/ })).toContainText('Shows');
    const url = await sheet.getByText(/\/wall\//).textContent();
    return new URL(/https?:\/\/\S+/.exec(url ?? '')?.[0] ?? '').pathname;
  });

  const stranger = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const wall = await stranger.newPage();
  await test.step('a stranger sees the board by it, and nothing else', async () => {
    await wall.goto(link);
    await expect(wall.getByRole('heading', { name: board })).toBeVisible();
    await expect(wall.getByRole('article', { name: 'Orders in' })).toBeVisible();
    await expect(wall.getByRole('link')).toHaveCount(0);
    await expect(wall.getByRole('button')).toHaveCount(0);
    await picture(wall, 'wall');
    await wall.goto('/boards');
    await expect(wall).toHaveURL(/sign-in/);
  });

  await test.step('revoked, it shows nothing where it hangs', async () => {
    await wall.goto(link);
    await expect(wall.getByRole('heading', { name: board })).toBeVisible();
    await page.getByRole('button', { name: 'Revoke' }).click();
    await expect(page.getByRole('row', { name: /Wall, 3rd floor/ })).toContainText('Revoked');
    await expect(wall.getByRole('heading', { name: /This link shows nothing/ })).toBeVisible();
    await stranger.close();
  });

  await test.step('the board is deleted', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `Actions on ${board}` }).click();
    await page.getByRole('menuitem', { name: 'Delete board' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete board' }).click();
    await expect(page).toHaveURL(/\/boards$/);
    await expect(page.getByRole('link', { name: board })).toHaveCount(0);
  });
});

test.describe('a viewer', () => {
  test.use({ person: 'viewer' });
  test('looks at boards and changes none', async ({ page }) => {
    await page.goto('/boards');
    await expect(page.getByRole('heading', { name: 'Boards' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Create board' })).toHaveCount(0);
    await page.goto(`${own}/metrics`);
    await page.getByRole('button', { name: 'More of Records', exact: true }).click();
    await expect(page.getByRole('menuitem', { name: 'Download as CSV' })).toBeVisible();
    await expect(page.getByRole('menuitem', { name: /Pin/ })).toHaveCount(0);
  });
});
