import type { Browser, Page } from '@playwright/test';
import { openFixture } from '#platform/workload/fixture.ts';
import { ask } from '../fixtures/ask.ts';
import { cookieOf, expect, type Person, sessionCookie, test, tokenOf } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, harbour, platform } from '../fixtures/places.ts';

test.use({ person: 'developer' });

const topic = 'e2e-search';
const count = 900;
const first = Date.UTC(2026, 0, 5, 8, 0, 0);
const wanted = 417;

const messages = (search: Record<string, string> = {}, of = topic) =>
  `/clusters/${cluster.id}/topics/${of}/messages?${new URLSearchParams(search)}`;
const rowsOf = (page: Page, of = topic) =>
  page.getByRole('table', { name: `Messages of ${of}` }).locator('tbody tr[data-row]');
const keyOf = (i: number) => `order-${String(i).padStart(4, '0')}`;

/** Orders a second apart over three partitions. Two of them differ in the last digit of a number that no double holds. */
const orders = Array.from({ length: count }, (_, i) => {
  const ledger = i === wanted ? '9007199254740993' : '9007199254740992';
  const status = i === wanted ? 'FAILED' : 'PAID';
  return {
    key: keyOf(i),
    partition: i % 3,
    value: `{"order":${i},"status":"${status}","amount":{"cents":${100 + i},"currency":"EUR"},"ledger":${ledger}}`,
    headers: { trace: `t-${i}`, source: 'e2e' },
    timestamp: first + i * 1000,
  };
});

test.beforeAll(async () => {
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteTopics(topic);
  await expect(async () =>
    fixture.createTopic(topic, { partitions: 3, config: { 'retention.ms': '-1' } }),
  ).toPass();
  await fixture.produce(topic, orders);
});

/** A page of somebody else, in a browser of their own. */
async function pageAs(browser: Browser, person: Exclude<Person, 'stranger'>): Promise<Page> {
  const context = await browser.newContext();
  await context.addCookies([sessionCookie(tokenOf(person))]);
  return context.newPage();
}

test('one order among all is found by its header, its key and an expression, and the link shows it to somebody else', async ({
  page,
  browser,
}) => {
  const found = rowsOf(page);
  for (const [how, search] of [
    ['header', { headers: `trace=t-${wanted}` }],
    ['key', { key: keyOf(wanted) }],
    ['part of its bytes', { contains: '"FAILED"' }],
    ['field', { where: 'value.status == "FAILED"' }],
    ['a number beyond 2^53, to its last digit', { where: 'value.ledger == 9007199254740993' }],
  ] as const) {
    await test.step(how, async () => {
      await page.goto(messages(search));
      await expect(found).toHaveCount(1);
      await expect(found).toContainText(keyOf(wanted));
      await expect(page.getByText('Complete', { exact: true }).first()).toBeVisible();
    });
  }

  await test.step('the expression is written, the matched field stands first and is marked', async () => {
    await page.goto(messages());
    await expect(found.first()).toBeVisible();
    // The plain field makes way for the editor as soon as that has come.
    const where = page.locator('[contenteditable="true"]', { has: page.locator('.cm-line') });
    await where.click();
    await page.keyboard.type('value.amount.cents == 517');
    await page.getByRole('button', { name: /^Search/ }).click();
    await expect(found).toHaveCount(1);
    await expect(found.locator('mark').first()).toHaveText('cents: 517');
    await picture(page, 'search');
  });

  await test.step('another person opens the link', async () => {
    const other = await pageAs(browser, 'operator');
    await other.goto(page.url());
    await expect(rowsOf(other)).toHaveCount(1);
    await expect(rowsOf(other)).toContainText(keyOf(wanted));
    await other.context().close();
  });
});

test('what matches nothing says what was asked of how many, and how to go on', async ({ page }) => {
  await page.goto(messages({ contains: 'not-to-be-found' }));
  await expect(page.getByRole('heading', { name: /No record matches/ })).toContainText('not-to-be-found');
  await expect(page.getByText(`${count} records were looked at.`)).toBeVisible();
  await page.getByRole('button', { name: /^Clear the condition/ }).click();
  await expect(rowsOf(page).first()).toBeVisible();
});

test('an expression that fails on every record says so, and shows them', async ({ page }) => {
  await page.goto(messages({ where: 'value.nothing.there == 1' }));
  await expect(page.getByText(/could not be evaluated/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Show them' }).first().click();
  await expect(rowsOf(page).first()).toBeVisible();
});

test('two browsers search at once, each for its own, and both come to their end', async ({
  page,
  browser,
}) => {
  const other = await pageAs(browser, 'operator');
  await Promise.all([
    page.goto(messages({ where: 'value.order < 300' })),
    other.goto(messages({ where: 'value.order >= 300', order: 'oldest' })),
  ]);
  await expect(page.getByText('300 matches').first()).toBeVisible();
  await expect(other.getByText('600 matches').first()).toBeVisible();
  await expect(page.getByText('Complete', { exact: true }).first()).toBeVisible();
  await expect(other.getByText('Complete', { exact: true }).first()).toBeVisible();
  // Far more rows than are drawn: the list says how many there are, the page holds those near the window.
  await expect(other.getByRole('table', { name: `Messages of ${topic}` })).toHaveAttribute(
    'aria-rowcount',
    '601',
  );
  expect(await rowsOf(other).count()).toBeLessThan(200);
  await other.context().close();
});

test('the histogram tells when, as bars and as a table, and narrows the search', async ({ page }) => {
  await page.goto(messages({ where: 'value.order >= 0' }));
  await expect(page.getByText('Complete', { exact: true }).first()).toBeVisible();
  const chart = page.getByRole('region', { name: 'Matches over time' });
  await expect(chart.getByRole('img')).toHaveAttribute('aria-label', /900 matches between/);
  await chart.getByRole('button', { name: 'As a table' }).click();
  await chart
    .getByRole('button', { name: /^Only this/ })
    .first()
    .click();
  await expect(page).toHaveURL(/from=.*to=/);
  await expect(page.getByText('Complete', { exact: true }).first()).toBeVisible();
  expect(await rowsOf(page).count()).toBeLessThan(count);
});

test('records appear while they are written; a pause counts what waits', async ({ page }) => {
  const tailed = 'e2e-search-tail';
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteTopics(tailed);
  await expect(async () => fixture.createTopic(tailed, { partitions: 2 })).toPass();
  const produce = (...keys: string[]) =>
    fixture.produce(
      tailed,
      keys.map((key, i) => ({ key, partition: i % 2, value: JSON.stringify({ key }) })),
    );

  await page.goto(messages({}, tailed));
  await page.getByRole('button', { name: 'Tail', exact: true }).click();
  await expect(page.getByText('Following', { exact: true })).toBeVisible();
  await produce('one');
  await expect(rowsOf(page, tailed)).toHaveCount(1);
  await produce('two');
  await expect(rowsOf(page, tailed).first()).toContainText('two');

  await page.getByRole('button', { name: 'Pause' }).click();
  await produce('three', 'four');
  await expect(page.getByText('2 records wait')).toBeVisible();
  await expect(rowsOf(page, tailed)).toHaveCount(2);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(rowsOf(page, tailed)).toHaveCount(4);

  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
  await expect(rowsOf(page, tailed)).toHaveCount(4);
});

test('versions of one key are told as what changed; two records are compared', async ({ page }) => {
  const versions = 'e2e-search-versions';
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteTopics(versions);
  await expect(async () =>
    fixture.createTopic(versions, { partitions: 1, config: { 'cleanup.policy': 'compact' } }),
  ).toPass();
  await fixture.produce(versions, [
    { key: 'cus-1', value: '{"city":"Bonn","points":9007199254740992}' },
    { key: 'cus-2', value: '{"city":"Ulm"}' },
    { key: 'cus-1', value: '{"city":"Bonn","points":9007199254740993}' },
    { key: 'cus-1', value: null },
  ]);

  await page.goto(messages({}, versions));
  await page.getByRole('button', { name: 'Record at partition 0, offset 2', exact: true }).click();
  const record = page.getByRole('region', { name: 'Record at partition 0, offset 2', exact: true });
  await record.getByRole('button', { name: 'Versions of this key' }).click();
  const sheet = page.getByRole('dialog', { name: /Versions of cus-1/ });
  await expect(sheet.getByRole('listitem')).toHaveCount(3);
  await expect(sheet.getByRole('row', { name: /points/ }).first()).toContainText('9007199254740992');
  await expect(sheet.getByRole('row', { name: /becomes.*points/ })).toContainText('9007199254740993');
  await expect(sheet.getByText('Deleted by a tombstone')).toBeVisible();
  await picture(page, 'versions');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await page.getByRole('checkbox', { name: 'Select partition 0, offset 0', exact: true }).check();
  await page.getByRole('checkbox', { name: 'Select partition 0, offset 2', exact: true }).check();
  await page.getByRole('button', { name: 'Compare two' }).click();
  const compared = page.getByRole('dialog', { name: 'Compare two records' });
  await expect(compared.getByText('Key: the same')).toBeVisible();
  await expect(compared.getByRole('row', { name: /becomes.*points/ })).toContainText('900719925474099');
});

test('a field stands as a column, is kept for the topic, and goes again', async ({ page }) => {
  const column = page.getByRole('columnheader', { name: 'status', exact: true });
  const menu = page.getByRole('button', { name: 'Columns' });
  await page.goto(messages());
  await menu.click();
  await page.getByRole('menuitemcheckbox', { name: 'value.status' }).click();
  await expect(column).toBeVisible();
  const keep = page.getByRole('menuitemcheckbox', { name: 'Keep these for this topic' });
  if (!(await keep.isVisible())) await menu.click();
  await keep.click();
  await expect(keep).toBeChecked();
  await page.goto(messages());
  await expect(column).toBeVisible();
  await expect(rowsOf(page).first()).toContainText('PAID');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Reset columns' }).click();
  await expect(column).toHaveCount(0);
  await page.goto(messages());
  await expect(rowsOf(page)).toHaveCount(50);
  await expect(column).toHaveCount(0);
});

test('found markup is drawn as text and runs nowhere (P10)', async ({ page }) => {
  const poison = 'e2e-search-poison';
  const markup = '<img src=x onerror="document.title=`taken`"><script>document.title="taken"</script>';
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteTopics(poison);
  await expect(async () => fixture.createTopic(poison, { partitions: 1 })).toPass();
  await fixture.produce(poison, [
    {
      key: markup,
      value: JSON.stringify({ [markup]: markup, ['__proto__']: 1 }),
      headers: { [markup]: markup },
    },
    { key: 'deep', value: `${'['.repeat(5000)}1${']'.repeat(5000)}` },
    { key: 'needle <script>', value: Buffer.from([0xff, 0xfe, 0, 7]) },
  ]);
  await page.goto(messages({ contains: '<script>' }, poison));
  await expect(rowsOf(page, poison)).toHaveCount(2);
  await expect(rowsOf(page, poison).locator('mark').first()).toHaveText('<script>');
  await page.getByRole('button', { name: 'Record at partition 0, offset 0', exact: true }).click();
  const record = page.getByRole('region', { name: 'Record at partition 0, offset 0', exact: true });
  await expect(record.getByText('onerror').first()).toBeVisible();
  await page.goto(messages({}, poison));
  await expect(rowsOf(page, poison)).toHaveCount(3);
  expect(await page.title()).not.toBe('taken');
  await expect(page.locator('img[src="x"], main script')).toHaveCount(0);
});

test('who may not read messages finds none by searching', async () => {
  for (const verb of ['search', 'tail']) {
    const answer = await ask(
      'GET',
      `/api/v1/clusters/${cluster.id}/topics/${topic}/messages/${verb}?contains=FAILED`,
      { host: new URL(harbour.origin).host, cookie: cookieOf('viewer') },
    );
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain(keyOf(wanted));
  }
});
