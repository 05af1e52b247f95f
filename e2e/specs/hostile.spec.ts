import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openFixture } from '#platform/workload/fixture.ts';
import { ask } from '../fixtures/ask.ts';
import { cookieOf, expect, sessionCookie, test, tokenOf } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, harbour, platform } from '../fixtures/places.ts';

test.use({ person: 'operator' });

const host = new URL(harbour.origin).host;
const topic = 'e2e-hostile';
const markup =
  '<img src="https://evil.example/x" onerror="document.title=`taken`"><script>document.title="taken"</script>';
const reversed = 'pay \u202egpj.exe\u202c now\u0007\u200b';

test('what a record says is text: no markup, no script, no hidden direction, in the list, opened and downloaded', async ({
  page,
}) => {
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteTopics(topic);
  await expect(() => fixture.createTopic(topic, { partitions: 1 })).toPass();
  await fixture.produce(topic, [
    { key: markup, value: markup, headers: { [markup]: markup } },
    { key: 'json', value: JSON.stringify({ note: `</script>${markup}`, __proto__: { polluted: true } }) },
    { key: reversed, value: reversed },
    { key: null, value: null },
    { key: 'bytes', value: Buffer.from([0, 255, 254, 128, 7]) },
  ]);

  await page.goto(`/clusters/${cluster.id}/topics/${topic}/messages`);
  const rows = page.getByRole('table', { name: `Messages of ${topic}` }).locator('tbody tr[data-row]');
  await expect(rows).toHaveCount(5);
  await expect(rows.filter({ hasText: '<img src=' }).first()).toBeVisible();
  await expect(rows.filter({ hasText: 'Null, a tombstone' })).toBeVisible();
  expect(await page.getByRole('main').textContent()).not.toContain('\u202e');

  for (const offset of [0, 1, 2]) {
    await page.getByRole('button', { name: `Record at partition 0, offset ${offset}`, exact: true }).click();
    const record = page.getByRole('region', { name: `Record at partition 0, offset ${offset}` });
    await expect(record).toBeVisible();
    await record.getByRole('button', { name: /^Headers/ }).click();
    if (offset === 0) {
      await expect(record.getByText('<script>').first()).toBeVisible();
      await picture(page, 'hostile-record');
    }
    await record.getByRole('button', { name: 'Close the record' }).click();
  }
  expect(await page.title()).not.toBe('taken');
  await expect(page.locator('img[src*="evil"], main script')).toHaveCount(0);

  const file = await ask(
    'GET',
    `/api/v1/clusters/${cluster.id}/topics/${topic}/messages/0/0/download?field=value`,
    { host, cookie: cookieOf('operator') },
  );
  expect(file.status).toBe(200);
  expect(file.headers['content-disposition']).toMatch(/^attachment/);
  expect(file.headers['content-type']).not.toMatch(/html|svg|xml/);
});

test('a sandboxed frame of another site can end no session (R13)', async ({ browser }) => {
  const form = `<form method=post action='${harbour.origin}/api/auth/sign-out'></form><script>document.forms[0].submit()</script>`;
  const evil = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<iframe sandbox="allow-forms allow-scripts" srcdoc="${form}"></iframe>`);
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  const context = await browser.newContext();
  try {
    await context.addCookies([sessionCookie(tokenOf('operator'))]);
    const page = await context.newPage();
    // What such a frame sends is not shown to Playwright; the browser's own complaint is.
    const refusal = page.waitForEvent('console', (message) => /status of \d+/.test(message.text()));
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
    expect((await refusal).text()).toContain('403');
    await page.goto(`${harbour.origin}/settings/sessions`);
    await expect(page.getByRole('table', { name: 'Your sessions' })).toBeVisible();
  } finally {
    await context.close();
    evil.close();
  }
});
