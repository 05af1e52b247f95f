import type { Page } from '@playwright/test';
import { bigRecords, poisonRecords } from '#lib/testing/poison-corpus.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import { ask } from '../fixtures/ask.ts';
import { cookieOf, expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, harbour, platform } from '../fixtures/places.ts';

test.use({ person: 'developer' });

/** The poison corpus in a browser: nothing of it runs, nothing of it hides another record, the page stays quick enough to use. */
const topic = 'e2e-poison';
const records = [...poisonRecords, ...bigRecords([])];
const last = records.length;

const messages = (search: Record<string, string> = {}) =>
  `/clusters/${cluster.id}/topics/${topic}/messages?${new URLSearchParams(search)}`;
const rowsOf = (page: Page) =>
  page.getByRole('table', { name: `Messages of ${topic}` }).locator('tbody tr[data-row]');
const offsetOf = (what: string) => records.findIndex((record) => record.what === what);

test.beforeAll(async () => {
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteTopics(topic);
  const config = {
    'max.message.bytes': '33554432',
    'message.timestamp.before.max.ms': '9223372036854775807',
    'message.timestamp.after.max.ms': '9223372036854775807',
  };
  await expect(async () => fixture.createTopic(topic, { partitions: 1, config })).toPass();
  const written = records.map(({ id, what, key, value, headers = [], timestampMs }) => {
    const byName = new Map<string, Buffer[]>();
    for (const header of headers) byName.set(header.name, [...(byName.get(header.name) ?? []), header.value]);
    return {
      ...{ key: key === undefined ? `${id} ${what}` : key, value, partition: 0 },
      headers: Object.fromEntries(byName),
      ...(timestampMs === undefined ? {} : { timestamp: timestampMs }),
    };
  });
  await fixture.produce(topic, [...written, { key: 'after all', value: '{"fine": true}', partition: 0 }]);
});

/** What no record may do to a page. The fixture adds: no breach of the policy, no third party, no error thrown. */
async function expectUnharmed(page: Page): Promise<void> {
  expect(await page.evaluate('[1].admin ?? ({}).admin ?? null')).toBeNull();
  await expect(
    page.locator('main script, img[src="x"], main svg[onload], a[href^="javascript:"]'),
  ).toHaveCount(0);
}

/** The longest that the page's own thread was busy in one go since the last call, in milliseconds. */
async function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => {
    const all = (globalThis as unknown as { longTasks?: number[] }).longTasks ?? [];
    return Math.max(0, ...all.splice(0));
  });
}

test('is listed, opened, searched and exported; no record runs, hides another or stops the page', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    const longTasks: number[] = [];
    Object.assign(globalThis, { longTasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    }).observe({ entryTypes: ['longtask'] });
  });
  const slowest: Record<string, number> = {};

  await test.step('every record is in the list, in both orders', async () => {
    for (const [order, key] of [
      ['newest', 'after all'],
      ['oldest', 'P2 empty value'],
    ] as const) {
      await page.goto(messages({ order }));
      await expect(rowsOf(page).first()).toContainText(key);
      await expect(page.getByRole('table', { name: `Messages of ${topic}` })).toHaveAttribute(
        'aria-rowcount',
        String(Math.min(50, last + 1) + 1),
      );
      expect(await page.getByRole('main').textContent()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      slowest[order] = await longestTask(page);
    }
    await picture(page, 'poison-list');
    await expectUnharmed(page);
  });

  await test.step('the worst of them open beside the list', async () => {
    for (const what of [
      'markup in JSON',
      'prototype keys',
      'NUL, controls, ANSI, bidi, zero width',
      '1 MB in one grapheme',
      'JSON nested 100,000',
      'JSON with a million keys',
      '10,000 headers',
      'zstd bomb in a value',
      'names of our columns',
      'Avro recursion',
    ]) {
      const name = `Record at partition 0, offset ${offsetOf(what)}`;
      await page.goto(messages({ order: 'oldest', from: `offset:${offsetOf(what)}` }));
      const record = page.getByRole('region', { name, exact: true });
      const close = record.getByRole('button', { name: 'Close the record' });
      // A click before the page listens is lost.
      await expect(async () => {
        await page.getByRole('button', { name, exact: true }).click();
        await expect(close).toBeVisible({ timeout: 20_000 });
      }).toPass({ timeout: 60_000 });
      await record.getByRole('button', { name: /^Headers/ }).click();
      slowest[what] = await longestTask(page);
      await expectUnharmed(page);
      await close.click();
      await expect(record).toBeHidden();
    }
  });

  await test.step('a search goes through all of it to the end', async () => {
    await page.goto(messages({ where: 'value.fine == true' }));
    await expect(rowsOf(page)).toHaveCount(1);
    await expect(rowsOf(page)).toContainText('after all');
    await expect(page.getByText('Complete', { exact: true }).first()).toBeVisible();
    await page.goto(messages({ contains: '<script>' }));
    await expect(rowsOf(page)).toHaveCount(2);
    await expectUnharmed(page);
  });

  await test.step('the export is a download that no browser draws', async () => {
    const file = await ask(
      'GET',
      `/api/v1/clusters/${cluster.id}/topics/${topic}/messages/export?format=csv&fields=offset,value&contains=alert`,
      { host: new URL(harbour.origin).host, cookie: cookieOf('developer') },
    );
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toMatch(/^attachment/);
    expect(file.headers['content-type']).not.toMatch(/html|svg|xml/);
  });

  expect(dialogs).toEqual([]);
  test.info().annotations.push({ type: 'longest task in ms', description: JSON.stringify(slowest) });
});
