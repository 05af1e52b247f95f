import type { Browser, Page } from '@playwright/test';
import { openFixture } from '#platform/workload/fixture.ts';
import { ask } from '../fixtures/ask.ts';
import { cookieOf, expect, type Person, sessionCookie, test, tokenOf } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, harbour, platform } from '../fixtures/places.ts';

const topic = 'e2e-masking';
const policy = 'Card numbers';
const secret = '4111-1111-1111-7f3a';
const hidden = `[hidden by ${policy}]`;

const address = `/clusters/${cluster.id}/topics/${topic}/messages`;
const api = (path: string, person: Exclude<Person, 'stranger'>) =>
  ask('GET', `/api/v1${address}${path}`, { host: new URL(harbour.origin).host, cookie: cookieOf(person) });

test.beforeAll(async () => {
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteTopics(topic);
  await expect(async () => fixture.createTopic(topic, { partitions: 1 })).toPass();
  await fixture.produce(topic, [
    { key: 'a', partition: 0, value: JSON.stringify({ card: secret, name: 'Ana' }), timestamp: Date.now() },
    { key: 'b', partition: 0, value: `{"card": "${secret}"`, timestamp: Date.now() },
  ]);
});

/** A page of somebody else, in a browser of their own. */
async function pageAs(browser: Browser, person: Exclude<Person, 'stranger'>): Promise<Page> {
  const context = await browser.newContext();
  await context.addCookies([sessionCookie(tokenOf(person))]);
  return context.newPage();
}

test('an admin hides a field; who may not see it finds it nowhere, until the policy is gone (R19)', async ({
  page,
  browser,
}) => {
  const developer = await pageAs(browser, 'developer');
  try {
    await test.step('the policy is tried before it is kept', async () => {
      await page.goto('/settings/masks/new');
      await page.getByLabel('Name', { exact: true }).fill(policy);
      await page.getByLabel('Topics', { exact: true }).fill(topic);
      await page
        .getByLabel('Who sees the values all the same')
        .selectOption({ label: 'Operators and admins' });
      await page.getByLabel('Path of rule 1').fill('card');
      await page.getByLabel('Sample', { exact: true }).fill(`{"card": "${secret}", "n": 9007199254740993}`);
      await expect(page.getByLabel('As it is seen')).toContainText('[hidden by this policy]');
      await expect(page.getByLabel('As it is seen')).toContainText('9007199254740993');
      await expect(page.getByRole('region', { name: 'Topics it means now' })).toContainText(topic, {
        timeout: 60_000,
      });
      await picture(page, 'masking-policy');
      await page.getByRole('button', { name: 'Add policy' }).click();
      await expect(page.getByRole('table', { name: 'Masking policies' })).toContainText(policy);
    });

    await test.step('a developer sees who hides it, and cannot search for it', async () => {
      await developer.goto(address);
      const list = developer.getByRole('table', { name: `Messages of ${topic}` });
      await expect(list).toContainText(hidden);
      await expect(list).toContainText('Ana');
      await expect(list).not.toContainText(secret);
      for (const path of [
        '',
        `?contains=${secret}`,
        `?where=${encodeURIComponent(`value.card == "${secret}"`)}`,
      ]) {
        const { status, body } = await api(path, 'developer');
        expect(status, path).toBe(200);
        // What to mark are the asker's own words.
        const { marks: _marks, ...told } = JSON.parse(body) as { rows: unknown[]; marks?: string[] };
        expect(told.rows, path).toHaveLength(path === '' ? 2 : 0);
        expect(JSON.stringify(told), path).not.toContain(secret);
      }
      const file = await api('/export', 'developer');
      expect(file.body.trimEnd().split('\n')).toHaveLength(2);
      expect(file.body).toContain(hidden);
      expect(file.body).not.toContain(secret);
      expect((await api('/0/0/download', 'developer')).status).toBe(403);
      expect((await api('?valueSerde=latin1', 'developer')).status).toBe(403);
    });

    await test.step('an operator sees it', async () => {
      expect((await api('', 'operator')).body).toContain(secret);
    });

    await test.step('gone, everybody does', async () => {
      await page.getByRole('link', { name: policy }).click();
      await page.getByRole('button', { name: 'Plan' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete policy' }).click();
      await expect(page.getByRole('heading', { name: 'Nothing is masked' })).toBeVisible();
      expect((await api('', 'developer')).body).toContain(secret);
    });
  } finally {
    await developer.context().close();
  }
});
