import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { expect, type Person, sessionCookie, test, tokenOf } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, topics } from '../fixtures/places.ts';
import { records } from '../fixtures/records.ts';

test.use({ person: 'operator' });

const topic = topics.orders;
const address = `/clusters/${cluster.id}/topics/${topic}/messages`;
const rows = (page: Page) =>
  page.getByRole('table', { name: `Messages of ${topic}` }).locator('tbody tr[data-row]');
const bar = (page: Page) => page.getByRole('form', { name: 'What is read' });
const where = (page: Page) => page.getByRole('textbox', { name: /^Where/ });
const search = (page: Page) => bar(page).getByRole('button', { name: /^Search/ });

/** Orders whose value is JSON with an amount above this. */
const above = (cents: number) =>
  records.filter(
    ({ value }) =>
      value.startsWith('{') && (JSON.parse(value) as { amountCents: number }).amountCents > cents,
  );

async function pageAs(browser: Browser, person: Exclude<Person, 'stranger'>): Promise<Page> {
  const context = await browser.newContext();
  await context.addCookies([sessionCookie(tokenOf(person))]);
  return context.newPage();
}

test('a search is built without a word of CEL, narrowed, saved, and opened by somebody else', async ({
  page,
  browser,
}) => {
  await page.goto(address);
  await test.step('rows of field, operator and value are an expression', async () => {
    await bar(page).getByRole('button', { name: 'Build' }).click();
    const builder = page.getByRole('region', { name: 'Builder' });
    await builder.getByLabel('Field of row 1').fill('value.amountCents');
    await builder.getByLabel('Operator of row 1').selectOption('is more than');
    await builder.getByLabel('Value of row 1').fill('5000');
    await expect(where(page)).toHaveText('value.amountCents > 5000');
    await search(page).click();
    await expect(rows(page)).toHaveCount(above(5000).length);
    await builder.getByRole('button', { name: 'Close builder' }).click();
  });

  await test.step('a condition on the bytes narrows it, and can be taken away', async () => {
    await bar(page).getByRole('button', { name: 'Add condition' }).click();
    const panel = page.getByRole('dialog', { name: 'Add a condition' });
    await panel.getByLabel('Condition').selectOption('Header');
    await panel.getByLabel('Name of the header').fill('number');
    await panel.getByLabel('Value of the header').fill('110');
    await panel.getByRole('button', { name: 'Add condition' }).click();
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText('order-0110');
    await picture(page, 'query-bar');
    await bar(page).getByRole('button', { name: 'Remove: header number is 110' }).click();
    await expect(rows(page)).toHaveCount(above(5000).length);
  });

  const inRange = above(5000).filter((_, at) => records.indexOf(above(5000)[at]!) >= 35 * 3);
  await test.step('it begins at an offset, oldest first', async () => {
    await bar(page).getByRole('button', { name: /^From/ }).click();
    const panel = page.getByRole('dialog', { name: 'Where reading begins' });
    await panel.getByLabel('Begin at an offset').fill('35');
    await panel.getByLabel('Begin at an offset').press('Enter');
    await expect(rows(page)).toHaveCount(inRange.length);
    await expect(bar(page).getByRole('combobox', { name: 'Order' })).toHaveValue('oldest');
    await expect(rows(page).first()).toContainText(inRange[0]!.key as string);
  });

  await test.step('it is saved for all, and somebody else opens it', async () => {
    await bar(page).getByRole('button', { name: 'Saved' }).click();
    const panel = page.getByRole('dialog', { name: 'Saved searches' });
    await panel.getByLabel('Save what the bar says, as').fill('Large late orders');
    await panel.getByLabel('Share it').check();
    await panel.getByRole('button', { name: 'Save this search' }).click();
    await expect(panel.getByRole('button', { name: /^Large late orders/ })).toBeVisible();

    const other = await pageAs(browser, 'developer');
    await other.goto(address);
    await bar(other).getByRole('button', { name: 'Saved' }).click();
    await other
      .getByRole('dialog', { name: 'Saved searches' })
      .getByRole('button', { name: /^Large late orders/ })
      .click();
    await expect(rows(other)).toHaveCount(inRange.length);
    await expect(where(other)).toHaveText('value.amountCents > 5000');
    await other.context().close();

    await panel.getByRole('button', { name: 'Delete Large late orders' }).click();
    await expect(panel.getByRole('button', { name: /^Large late orders/ })).toHaveCount(0);
  });
});

test('an expression says where it is wrong while it is written, and is tried on one record', async ({
  page,
}) => {
  await page.goto(address);
  await expect(rows(page).first()).toBeVisible();
  // The slash leads there from anywhere on the page.
  await page.locator('body').press('/');
  await expect(where(page)).toBeFocused();
  await page.keyboard.type('value.order = 119');
  await expect(where(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(bar(page).getByRole('alert')).toBeVisible();
  await expect(bar(page).locator('.cm-lintRange-error')).toHaveText('=');

  await test.step('fields of the topic are suggested', async () => {
    await where(page).fill('');
    await where(page).pressSequentially('value.amou');
    await page.getByRole('option', { name: /value\.amountCents/ }).click();
    await expect(where(page)).toHaveText('value.amountCents');
  });

  await test.step('one record says whether it matches, and what it holds', async () => {
    await where(page).pressSequentially(' > 5000');
    await rows(page)
      .filter({ hasText: 'order-0118' })
      .getByRole('button', { name: /^Record at/ })
      .click();
    await bar(page).getByRole('button', { name: 'Try on one record' }).click();
    const verdict = bar(page).getByRole('status');
    await expect(verdict).toContainText('Matches');
    await expect(verdict).toContainText(String(1250 + 118 * 37));
  });
});

test('what is typed while the page and its editor arrive is not lost', async ({ page }) => {
  await page.goto(address, { waitUntil: 'commit' });
  await where(page).click();
  await page.keyboard.type('value.amountCents > 5000', { delay: 40 });
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(above(5000).length);
  await expect(where(page)).toHaveText('value.amountCents > 5000');
});

test('an export holds what is found, and its manifest says so', async ({ page }) => {
  await page.goto(`${address}?${new URLSearchParams({ where: 'value.order < 10' })}`);
  await expect(rows(page)).toHaveCount(10);
  for (const [format, lines] of [
    ['NDJSON', 10],
    ['CSV', 11],
  ] as const) {
    await test.step(format, async () => {
      await bar(page).getByRole('button', { name: 'Export' }).click();
      const dialog = page.getByRole('dialog', { name: 'Export what is found' });
      await dialog.getByLabel(format).check();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Download', exact: true }).click(),
      ]);
      const text = await readFile(await download.path(), 'utf8');
      expect(text.trimEnd().split('\n')).toHaveLength(lines);
      await expect(dialog.getByRole('status')).toContainText('Complete');
      await expect(dialog.getByRole('status')).toContainText('10 records');
      await dialog.getByRole('button', { name: 'Close' }).click();
    });
  }
});

test('decoding is forced for one view, or set for everyone by an operator', async ({ page, browser }) => {
  const asBytes = 'bytes {"order"';
  await page.goto(`${address}?partitions=0`);
  await bar(page)
    .getByRole('button', { name: /^Decode/ })
    .click();
  await page
    .getByRole('dialog', { name: 'How records are decoded' })
    .getByLabel('Value')
    .selectOption({ label: 'Hex' });
  await expect(rows(page).last()).toContainText(asBytes);
  await expect(page).toHaveURL(/valueSerde=hex/);

  const other = await pageAs(browser, 'developer');
  try {
    await test.step('for everyone', async () => {
      await page.getByRole('button', { name: 'Change for everyone' }).click();
      const dialog = page.getByRole('dialog', { name: 'How this topic is decoded for everyone' });
      await dialog.getByLabel('Value').selectOption({ label: 'Hex' });
      await dialog.getByRole('button', { name: 'Change for everyone' }).click();
      await expect(dialog).toHaveCount(0);
      await other.goto(`${address}?partitions=0`);
      await expect(rows(other).last()).toContainText(asBytes);
    });

    await test.step('who may not is told why', async () => {
      await bar(other)
        .getByRole('button', { name: /^Decode/ })
        .click();
      await expect(other.getByText('needs the role operator or more')).toBeVisible();
    });
  } finally {
    await page.goto(`${address}?partitions=0`);
    await bar(page)
      .getByRole('button', { name: /^Decode/ })
      .click();
    await page.getByRole('button', { name: 'Change for everyone' }).click();
    const dialog = page.getByRole('dialog', { name: 'How this topic is decoded for everyone' });
    await dialog.getByLabel('Value').selectOption('');
    await dialog.getByRole('button', { name: 'Change for everyone' }).click();
    await expect(dialog).toHaveCount(0);
    await other.context().close();
  }
});
