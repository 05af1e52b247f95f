import { type HttpReceiver, httpReceiver } from '#lib/testing/alert-receivers.ts';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster } from '../fixtures/places.ts';

const rule = 'Brokers are counted';
const channel = 'Receiver of the journey';
const route = 'Everything of the journey';

let receiver: HttpReceiver;
test.beforeAll(async () => {
  receiver = await httpReceiver();
});
test.afterAll(() => receiver.close());

const told = () =>
  receiver.got
    .map(({ body }) => (JSON.parse(body) as { kind: string }).kind)
    .filter((kind) => kind !== 'test');

test('an alert is delivered, acknowledged, silenced, and told as ended', async ({ page }) => {
  test.setTimeout(300_000);
  const soon = { timeout: 60_000 };

  await test.step('a channel is tried and kept; its address is not shown again', async () => {
    await page.goto('/alerts/delivery');
    await page.getByRole('button', { name: 'Add channel' }).first().click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Name', { exact: true }).fill(channel);
    await sheet.getByLabel('Kind', { exact: true }).selectOption({ label: 'Webhook' });
    await sheet.getByLabel('Address', { exact: true }).fill(`${receiver.url}/hook?token=e2e-canary`);
    await sheet.getByLabel('Signing key').fill('e2e-canary signing key');
    await sheet.getByRole('button', { name: 'Send a trial' }).click();
    await expect(sheet.getByText(/plain http is not allowed/).first()).toBeVisible();
    await sheet.getByLabel('Allow plain http').check();
    await sheet.getByRole('button', { name: 'Send a trial' }).click();
    await expect(sheet.getByText('The receiver took it.')).toBeVisible();
    await picture(page, 'alert-channel');
    await sheet.getByRole('button', { name: 'Add channel' }).click();
    await expect(
      page.getByRole('table', { name: 'Channels' }).getByRole('row', { name: channel }),
    ).toContainText(new URL(receiver.url).host);
    expect(await page.content()).not.toContain('e2e-canary');
  });

  await test.step('a route leads alerts to it', async () => {
    await page.getByRole('button', { name: 'Add route' }).first().click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Name', { exact: true }).fill(route);
    await sheet.getByLabel('Rules', { exact: true }).fill(rule);
    await sheet.getByLabel(`${channel}, Webhook`).check();
    await picture(page, 'alert-route');
    await sheet.getByRole('button', { name: 'Add route' }).click();
    await expect(
      page.getByRole('table', { name: 'Routes in their order' }).getByRole('row', { name: route }),
    ).toContainText(channel);
  });

  await test.step('a rule that holds opens an alert, and the bell says so', async () => {
    await page.goto(`/alerts/rules/new?kind=cluster.brokers-up&cluster=${cluster.id}`);
    await page.getByLabel('It is trouble when it').selectOption('above');
    await page.getByLabel('Limit').fill('0');
    await page.getByLabel('For at least').fill('0');
    await page.getByRole('textbox', { name: 'Name' }).fill(rule);
    await page.getByRole('button', { name: 'Add rule' }).click();
    await expect(page.getByRole('link', { name: /\d+ alerts? (is|are) open/ })).toBeVisible(soon);
    await expect.poll(told, soon).toEqual(['opened']);
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await expect(page).toHaveURL(/\/alerts$/);
    const row = page
      .getByRole('table', { name: 'Open alerts, worst first' })
      .getByRole('row', { name: rule });
    await expect(row).toContainText('Waits for somebody');
    await picture(page, 'alerts');
    await row.getByRole('link').first().click();
  });

  await test.step('it is acknowledged with a note, which stands on its timeline', async () => {
    await expect(page).toHaveURL(/\/alerts\/incidents\//);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Note').fill('It is only a journey.');
    await dialog.getByRole('button', { name: 'Acknowledge' }).click();
    const timeline = page.getByRole('list', { name: 'Timeline' });
    await expect(timeline).toContainText(`Sent to ${channel}.`);
    await expect(timeline).toContainText('Acknowledged: It is only a journey.');
    await expect(page.getByRole('table', { name: /Deliveries of this alert/ })).toContainText('Sent');
    await picture(page, 'alert', { isWhole: true });
  });

  await test.step('a silence has an end and a reason', async () => {
    await page.getByRole('button', { name: 'Silence', exact: true }).click();
    const sheet = page.getByRole('dialog');
    await expect(sheet.getByLabel('Rules', { exact: true })).toHaveValue(rule);
    await sheet.getByRole('button', { name: 'Silence alerts' }).click();
    await expect(sheet.getByText('Say why: who comes later reads it.')).toBeVisible();
    await sheet.getByLabel('Reason').fill('Journeys are made');
    await sheet.getByRole('button', { name: 'Silence alerts' }).click();
    await expect(page.getByText(/holds this back until/)).toBeVisible();
    await page.goto('/alerts/silences');
    const row = page.getByRole('table', { name: /Silences/ }).getByRole('row', { name: /Journeys are made/ });
    await expect(row).toContainText('Silenced');
    await picture(page, 'alert-silences');
    await row.hover();
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: 'End silence' }).click();
    await expect(row).toContainText('Ended');
  });

  await test.step('its end is told once', async () => {
    await page.goto('/alerts/rules');
    const row = page.getByRole('table', { name: 'Alert rules' }).getByRole('row', { name: new RegExp(rule) });
    await row.hover();
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Switch off' }).click();
    await expect.poll(told, soon).toEqual(['opened', 'resolved']);
    await page.goto('/alerts/history');
    await expect(
      page.getByRole('table', { name: 'Alerts, newest first' }).getByRole('row', { name: rule }).first(),
    ).toContainText('Resolved');
    await picture(page, 'alert-history');
    await page.goto('/alerts/delivery');
    await expect(page.getByRole('table', { name: 'Deliveries, newest first' })).toContainText('Resolved');
    await picture(page, 'alert-delivery');
  });
});
