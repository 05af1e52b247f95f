import { Kafka, logLevel } from 'kafkajs';
import { orderTypes } from '#platform/workload/avro.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import { registerSchema } from '#platform/workload/registry.ts';
import { orderSchemaV2 } from '#platform/workload/schemas.ts';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, platform } from '../fixtures/places.ts';

const topic = 'e2e-by-schema';
const messages = `/clusters/${cluster.id}/topics/${topic}/messages`;

test.use({ person: 'operator' });

test.beforeAll(async () => {
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteTopics(topic);
  await expect(async () => fixture.createTopic(topic, { partitions: 3 })).toPass();
  const schema = JSON.stringify(orderSchemaV2);
  await registerSchema(platform.registryUrl, `${topic}-value`, 'AVRO', schema, AbortSignal.timeout(60_000));
});

/** The first values of the topic as the shop's own reader of Avro sees them, by kafkajs. */
async function ordersIn(
  count: number,
  prefix = '',
): Promise<{ key: string | null; order: { sequence: bigint; state: string } }[]> {
  const kafka = new Kafka({ brokers: platform.bootstrap, logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `e2e-by-schema-${Date.now()}` });
  const seen: { key: string | null; order: { sequence: bigint; state: string } }[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const order = orderTypes.v2.fromBuffer(message.value!.subarray(5)) as {
        sequence: bigint;
        state: string;
      };
      const key = message.key?.toString() ?? null;
      if (prefix === '' || key?.startsWith(prefix)) seen.push({ key, order });
    },
  });
  await expect.poll(() => seen.length).toBeGreaterThanOrEqual(count);
  await consumer.disconnect();
  return seen;
}

const order = (sequence: string, state = 'PLACED') =>
  `{"orderId": "o-1", "sequence": ${sequence}, "customerId": "c-1", "state": "${state}", "occurredAt": "2026-11-21T03:12:40.250Z", "currency": "EUR", "total": "12.50", "lines": []}`;

test('a record by schema: the wrong field is named, the right one is written and opened', async ({
  page,
}) => {
  await page.goto(messages);
  await page.getByRole('button', { name: 'Produce', exact: true }).first().click();
  const sheet = page.getByRole('dialog', { name: 'Produce a record' });
  const value = sheet.getByRole('textbox', { name: 'Value', exact: true });

  await test.step('the topic’s schema is chosen, with an example that fits it', async () => {
    await expect(sheet.getByLabel('Value is')).toHaveValue('schema');
    await expect(sheet.getByLabel('Subject of the value')).toHaveValue(`${topic}-value`);
    await expect(sheet.getByText(/^Fits version 1\./)).toBeVisible();
    await expect(value).toContainText('"orderId"');
  });

  await test.step('a wrong field is named while it is typed, and nothing is written', async () => {
    await value.fill(order('"ten"', 'LOST'));
    await expect(sheet.getByText('value.sequence: a whole number is needed, this is text.')).toBeVisible();
    await expect(
      sheet.getByText(
        'value.state: one of PLACED, CONFIRMED, COMPLETED or CANCELLED is needed, this is "LOST".',
      ),
    ).toBeVisible();
    await picture(page, 'produce-by-schema');
    await sheet.getByRole('button', { name: 'Produce 1 record' }).click();
    await expect(sheet.getByText('Not produced.')).toBeVisible();
  });

  await test.step('the right one is written, and opens', async () => {
    await sheet.getByRole('textbox', { name: /^Key/ }).fill('k-1');
    await value.fill(order('9007199254740993'));
    await expect(sheet.getByText(/^Fits version 1\./)).toBeVisible();
    await sheet.getByRole('button', { name: 'Produce 1 record' }).click();
    await expect(sheet.getByText(/Written to partition \d, offset 0\./)).toBeVisible();
    await sheet.getByRole('button', { name: 'Open record' }).click();
    await expect(page.getByText('9007199254740993').first()).toBeVisible();
  });

  expect(await ordersIn(1)).toEqual([
    { key: 'k-1', order: expect.objectContaining({ sequence: 9007199254740993n, state: 'PLACED' }) },
  ]);
});

test('many records: a wrong line is named before anything is written, then all are written', async ({
  page,
}) => {
  const mine = `m-${Date.now().toString(36)}-`;
  await page.goto(`${messages}?produce=true`);
  await page.getByRole('button', { name: 'Many from a file' }).click();
  const sheet = page.getByRole('dialog', { name: 'Produce many records' });
  const lines = Array.from(
    { length: 40 },
    (_, i) =>
      `{"key": "${mine}${i}", "value": ${order(String(i))}, "headers": [{"name": "n", "value": "${i}"}]}`,
  );
  const give = (text: string) =>
    sheet
      .locator('input[type=file]')
      .setInputFiles({ name: 'orders.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(text) });

  await test.step('the dry run names the line and the field', async () => {
    await give(lines.with(6, `{"key": "${mine}6", "value": ${order('1.5')}}`).join('\n'));
    await sheet.getByRole('button', { name: 'Check 40 records' }).click();
    await expect(sheet.getByText('1 line is wrong. Nothing has been written.')).toBeVisible();
    await expect(sheet.getByText('Line 7', { exact: true })).toBeVisible();
    await expect(
      sheet.getByText('value.sequence: a whole number is needed, this is a number with a fraction.'),
    ).toBeVisible();
    await expect(sheet.getByRole('button', { name: /^Write \d/ })).toHaveCount(0);
  });

  await test.step('right ones are planned by partition, and written', async () => {
    await give(lines.join('\n'));
    await sheet.getByRole('button', { name: 'Check 40 records' }).click();
    await expect(sheet.getByText(/^40 records, .* can be written\.$/)).toBeVisible();
    await expect(
      sheet.getByRole('table', { name: 'Records by partition' }).locator('tbody tr'),
    ).not.toHaveCount(0);
    await picture(page, 'produce-many');
    const typed = sheet.getByRole('textbox', { name: /^Type / });
    if ((await typed.count()) > 0) await typed.fill(topic);
    await sheet.getByRole('button', { name: 'Write 40 records' }).click();
    await expect(sheet.getByText('40 records were written and acknowledged.')).toBeVisible();
  });

  const written = await ordersIn(40, mine);
  expect(written).toHaveLength(40);
  expect(new Set(written.map(({ key }) => key)).size).toBe(40);
  await page.goto(`/audit?q=${topic}`);
  await expect(page.getByRole('row', { name: /message\.produce-many/ }).first()).toContainText('Succeeded');
  await expect(page.getByText(`${mine}1`, { exact: true })).toHaveCount(0);
});
