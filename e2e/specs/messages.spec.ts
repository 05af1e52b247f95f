import type { Page } from '@playwright/test';
import { openFixture } from '#platform/workload/fixture.ts';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, platform, topics } from '../fixtures/places.ts';

const messages = (topic: string) => `/clusters/${cluster.id}/topics/${topic}/messages`;

test.use({ person: 'operator' });

/** Partition and offset of each row, as they stand from top to bottom. */
const places = (page: Page, topic: string) =>
  page
    .getByRole('table', { name: `Messages of ${topic}` })
    .locator('tbody tr[data-row]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row') ?? ''));

type Witnessed = { place: string; timestamp: number; key: string; value: string };

/** Every record of a topic as Kafka's own consumer prints it. */
async function witness(topic: string, count: number): Promise<Witnessed[]> {
  const printed = ['timestamp', 'partition', 'offset', 'key'].flatMap((what) => [
    '--formatter-property',
    `print.${what}=true`,
  ]);
  const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    ...['--topic', topic, '--from-beginning', '--max-messages', String(count), '--timeout-ms', '30000'],
    ...printed,
  ]);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [time = '', partition = '', offset = '', key = '', ...value] = line.split('\t');
      const number = (text: string) => Number(text.split(':')[1]);
      return {
        place: `${number(partition)}.${number(offset)}`,
        timestamp: number(time),
        key,
        value: value.join('\t'),
      };
    });
}

test('the newest messages first, page by page, are those of Kafka’s own consumer', async ({ page }) => {
  const topic = topics.orders;
  const all = (await witness(topic, 120)).sort((a, b) => b.timestamp - a.timestamp);
  expect(all).toHaveLength(120);

  await page.goto(messages(topic));
  const shown: string[] = [];
  for (const rows of [50, 50, 20]) {
    const expected = all.slice(shown.length, shown.length + rows).map(({ place }) => place);
    await expect.poll(() => places(page, topic)).toEqual(expected);
    const first = all[shown.length]!;
    const row = page.locator(`tr[data-row="${first.place}"]`);
    await expect(row).toContainText(first.key);
    const start = first.value.startsWith('{') ? `order: ${JSON.parse(first.value).order},` : first.value;
    await expect(row).toContainText(start);
    shown.push(...expected);
    if (rows === 50 && shown.length === 50) await picture(page, 'messages');
    if (shown.length < 120) await page.getByRole('button', { name: 'Older records' }).click();
  }
  await expect(page.getByText('That is the oldest record that is kept.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the newest' }).click();
  await expect.poll(async () => (await places(page, topic))[0]).toBe(all[0]!.place);
});

test('from an offset, from a time, of one partition; one record by its link', async ({ page }) => {
  const topic = topics.orders;
  const all = await witness(topic, 120);
  const inOne = all.filter(({ place }) => place.startsWith('1.'));

  await test.step('from an offset in one partition, oldest first', async () => {
    await page.goto(`${messages(topic)}?order=oldest&from=offset:10&partitions=1`);
    await expect.poll(() => places(page, topic)).toEqual(inOne.slice(10).map(({ place }) => place));
  });

  await test.step('from a moment on', async () => {
    const moment = new Date(Math.max(...all.map(({ timestamp }) => timestamp)) - 4_000).toISOString();
    await page.goto(`${messages(topic)}?order=oldest&from=${encodeURIComponent(moment)}`);
    await expect.poll(async () => (await places(page, topic)).length).toBe(5);
  });

  await test.step('a partition that is not there is named before anything is asked', async () => {
    await page.goto(messages(topic));
    const partitions = page.getByRole('textbox', { name: /Partitions/ });
    await partitions.fill('7');
    await partitions.press('Enter');
    await expect(page.getByText('There are 0 to 2.')).toBeVisible();
  });

  await test.step('a record opens, and its link leads to it alone', async () => {
    await page.goto(messages(topic));
    const { place, value } = all.find((record) => record.place === '1.3')!;
    await page.goto(`${messages(topic)}?order=oldest&from=offset:0&partitions=1`);
    await page.getByRole('button', { name: 'Record at partition 1, offset 3', exact: true }).click();
    const record = page.getByRole('region', { name: 'Record at partition 1, offset 3', exact: true });
    await expect(record).toContainText(String((JSON.parse(value) as { amountCents: number }).amountCents));
    await record.getByRole('button', { name: /^Headers/ }).click();
    await expect(record).toContainText('source');
    await picture(page, 'message-open');
    await page.reload();
    await expect(
      page.getByRole('region', { name: 'Record at partition 1, offset 3', exact: true }),
    ).toBeVisible();
    expect(place).toBe('1.3');
  });
});

test('one record is produced, and Kafka’s own consumer reads it', async ({ page }) => {
  const topic = 'e2e-produced';
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteTopics(topic);
  await expect(async () => fixture.createTopic(topic, { partitions: 1 })).toPass();

  await page.goto(messages(topic));
  await page.getByRole('button', { name: 'Produce', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Produce a record' });
  await expect(sheet).toContainText(cluster.name);

  await test.step('what is no JSON is refused at its field, and stays', async () => {
    await sheet.getByRole('textbox', { name: /^Key/ }).fill('order-9');
    await sheet.getByLabel('Value', { exact: true }).fill('{"order": 9');
    await sheet.getByRole('button', { name: /^Produce/ }).click();
    await expect(sheet.getByLabel('Value', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(sheet.getByLabel('Value', { exact: true })).toContainText('{"order": 9');
  });

  await test.step('what is right is written', async () => {
    await sheet.getByLabel('Value', { exact: true }).fill('{"order": 9}');
    await picture(page, 'produce');
    await sheet.getByRole('button', { name: /^Produce/ }).click();
    await expect(sheet.getByText(/partition 0/i).first()).toBeVisible();
  });

  expect(await witness(topic, 1)).toMatchObject([{ place: '0.0', key: 'order-9', value: '{"order": 9}' }]);
  await page.goto(`/audit?q=${topic}`);
  const row = page.getByRole('row', { name: /message\.produce/ });
  await expect(row).toContainText('Succeeded');
  await expect(page.getByText('order-9')).toHaveCount(0);
});
