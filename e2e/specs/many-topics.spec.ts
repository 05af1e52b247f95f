import type { Page } from '@playwright/test';
import { openFixture } from '#platform/workload/fixture.ts';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, platform } from '../fixtures/places.ts';

const prefix = 'e2e-many-';
const count = 500;
const list = `/clusters/${cluster.id}/topics`;
const fixture = openFixture(platform.bootstrap);

test.use({ person: 'viewer' });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await expect(() => fixture.deleteTopics(prefix)).toPass();
  await fixture.createTopics({ prefix, count, partitions: 1, replicas: 1 });
});
test.afterAll(async () => {
  test.setTimeout(180_000);
  await fixture.deleteTopics(prefix);
});

const table = (page: Page) => page.getByRole('table', { name: `Topics on ${cluster.name}` });
const names = (page: Page) =>
  table(page)
    .locator('tbody tr[data-row]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')));
const nth = (i: number) => `${prefix}${String(i).padStart(5, '0')}`;

test('500 topics are listed, searched, sorted and paged by the server, and the address keeps it', async ({
  page,
}) => {
  await test.step('all of them are counted, one page of them is drawn', async () => {
    await expect(async () => {
      await page.goto(`${list}?q=${prefix}&sort=name`);
      await expect(page.getByText(`1–50 of ${count}`)).toBeVisible({ timeout: 3_000 });
    }).toPass();
    expect(await names(page)).toEqual(Array.from({ length: 50 }, (_, i) => nth(i)));
    await picture(page, 'many-topics');
  });

  await test.step('the next page, and back by the browser', async () => {
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect(page.getByText(`51–100 of ${count}`)).toBeVisible();
    await expect(page).toHaveURL(/[?&]page=2\b/);
    expect((await names(page))[0]).toBe(nth(50));
    await page.goBack();
    await expect(page.getByText(`1–50 of ${count}`)).toBeVisible();
  });

  await test.step('the last page by its address', async () => {
    await page.goto(`${list}?q=${prefix}&sort=name&page=10`);
    await expect(page.getByText(`451–500 of ${count}`)).toBeVisible();
    expect((await names(page)).at(-1)).toBe(nth(count - 1));
    await expect(page.getByRole('button', { name: 'Next page' })).toBeDisabled();
  });

  await test.step('the other way round', async () => {
    await page.getByRole('columnheader', { name: 'Topic' }).getByRole('button').click();
    await expect(page.getByRole('columnheader', { name: 'Topic' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await expect(page).toHaveURL(/[?&]sort=-name\b/);
    await expect.poll(async () => (await names(page))[0]).toBe(nth(count - 1));
  });

  await test.step('a search narrows it and returns to the first page', async () => {
    await page.getByRole('searchbox', { name: 'Name of a topic' }).fill(`${prefix}0012`);
    await expect(page.getByText('1–10 of 10')).toBeVisible();
    expect((await names(page)).sort()).toEqual(Array.from({ length: 10 }, (_, i) => nth(120 + i)));
    await expect(page).toHaveURL(new RegExp(`[?&]q=${prefix}0012`));
    await page.reload();
    await expect(page.getByText('1–10 of 10')).toBeVisible();
  });

  await test.step('what is not there is said, and cleared by one button', async () => {
    await page.getByRole('searchbox', { name: 'Name of a topic' }).fill(`${prefix}none`);
    await expect(page.getByText(/No topic/)).toBeVisible();
    await picture(page, 'no-results');
    await page.getByRole('button', { name: /Clear/ }).click();
    await expect(page.getByText(/^1–50 of /)).toBeVisible();
  });

  await test.step('a page past the end says so', async () => {
    await page.goto(`${list}?q=${prefix}&page=99`);
    await expect(page.getByText('Page 99 is past the end')).toBeVisible();
    await page.getByRole('button', { name: 'Open the first page' }).click();
    await expect(page.getByText(`1–50 of ${count}`)).toBeVisible();
  });
});
