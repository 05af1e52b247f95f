import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, topics } from '../fixtures/places.ts';

const own = `/clusters/${cluster.id}`;

test.use({ person: 'operator' });

test('everything is reached without a mouse: places, search, rows, palette, list of keys', async ({
  page,
}) => {
  const at = (path: string) => expect(page).toHaveURL(new RegExp(`${path}(\\?.*)?$`));
  const topicRows = page.locator('tr[data-row]');

  await test.step('g and a letter go places', async () => {
    await page.goto(own);
    await expect(page.getByRole('table', { name: 'Brokers of the cluster' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await at(`${own}/brokers`);
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await at(`${own}/groups`);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await at(`${own}/topics`);
    await expect(topicRows.first()).toBeVisible();
  });

  await test.step('/ searches the list, and letters are letters there', async () => {
    const search = page.getByRole('searchbox', { name: 'Name of a topic' });
    await page.keyboard.press('/');
    await expect(search).toBeFocused();
    await page.keyboard.type('e2e-');
    await expect(search).toHaveValue('e2e-');
    await expect(page).toHaveURL(/q=e2e-/);
    await expect(page.getByRole('link', { name: topics.orders })).toBeVisible();
    await search.blur();
  });

  await test.step('j and k move between rows, Enter opens', async () => {
    await page.keyboard.press('j');
    await expect(topicRows.first()).toBeFocused();
    await page.keyboard.press('j');
    await expect(topicRows.nth(1)).toBeFocused();
    await page.keyboard.press('k');
    await expect(topicRows.first()).toBeFocused();
    const name = await topicRows.first().getAttribute('data-row');
    await page.keyboard.press('Enter');
    await at(`${own}/topics/${name}`);
  });

  await test.step('? lists the keys, Escape gives the focus back', async () => {
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await expect(keys).toContainText('Find or run');
    await picture(page, 'keys');
    await page.keyboard.press('Escape');
    await expect(keys).toHaveCount(0);
  });

  await test.step('the palette finds objects by name and opens them', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    const palette = page.getByRole('dialog', { name: 'Find or run' });
    await expect(palette.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('e2e-repl');
    const found = palette.getByRole('option', { name: new RegExp(topics.replicated) }).first();
    await expect(found).toBeVisible();
    await picture(page, 'palette');
    await expect(found).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await at(`${own}/topics/${topics.replicated}`);
    await expect(palette).toHaveCount(0);
  });

  await test.step('an act of the palette opens its form and changes nothing', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('e2e-from-palette');
    await page.getByRole('option', { name: /Create topic named/ }).click();
    await at(`${own}/topics/new`);
    await expect(page.getByLabel('Topic name')).toHaveValue('e2e-from-palette');
  });

  await test.step('the first Tab leads past the navigation', async () => {
    await page.goto(own);
    await expect(page.getByRole('table', { name: 'Brokers of the cluster' })).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });
});
