import type { Page } from '@playwright/test';
import { connectKafka } from '#platform/workload/connect.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, platform } from '../fixtures/places.ts';

const topic = 'e2e-groups.payments.v1';
const prefix = 'e2e-groups-reader';
const group = `${prefix}00000`;
const other = `${prefix}00001`;
const own = `/clusters/${cluster.id}/groups`;
const pageOf = (id: string) => `${own}/${id}`;
const tool = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';

/** Where a group stands by Kafka's own tool, in order of partitions. */
async function stands(id: string): Promise<string[]> {
  const { stdout } = await platform.cli(tool, ['--describe', '--offsets', '--group', id]);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words[0] === id && words[1] === topic)
    .sort((a, b) => Number(a[2]) - Number(b[2]))
    .map((words) => words[3] ?? '');
}

/** A name too long for its place is drawn in two parts. */
const drawn = (id: string) => new RegExp(id.replace(/\d{5}$/, ' ?$&'));

const sheet = (page: Page) => page.getByRole('dialog', { name: 'Plan an offset reset' });

test.use({ person: 'operator' });

test.beforeAll(async () => {
  const fixture = openFixture(platform.bootstrap);
  await fixture.deleteGroups(prefix);
  await fixture.deleteTopics('e2e-groups.');
  await fixture.createTopic(topic, { partitions: 3 });
  const records = Array.from({ length: 90 }, (_, i) => ({
    partition: i % 3,
    key: `pay-${String(i).padStart(4, '0')}`,
    value: JSON.stringify({ payment: i }),
  }));
  await fixture.produce(topic, records);
  await fixture.createGroups({
    prefix,
    count: 2,
    topics: [topic],
    partitions: 3,
    offsetOf: (_group, _topic, partition) => BigInt(10 + partition),
  });
});

test('a group that nobody reads is found by its state, with the rule that gave it and the record it stands at', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await test.step('the list says how each group stands, and filters by it', async () => {
    await page.goto(`${own}?q=${prefix}`);
    const row = page.getByRole('row', { name: drawn(group) });
    await expect(row).toContainText('57');
    // Nobody ever joined it, so only its position can tell: ten readings, one each 10 s, must find it where it was.
    await expect(row).toContainText('Stopped', { timeout: 180_000 });
    await page.getByRole('button', { name: /^Stopped/ }).click();
    await expect(page).toHaveURL(/lagState=stopped/);
    await expect(row).toBeVisible();
    await picture(page, 'groups-stopped');
    await row.getByRole('link').first().click();
  });
  await test.step('its page says it in words, by partition, and leads to the record', async () => {
    await expect(page.getByRole('heading', { name: drawn(group) })).toBeVisible();
    await expect(page.getByText('Stopped on all 3 partitions')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Where it stands' })).toBeVisible();
    await expect(page.getByRole('table', { name: /Partitions of/ }).getByRole('row')).toHaveCount(4);
    await picture(page, 'group-stopped', { isWhole: true });
    await page.getByRole('button', { name: '1', exact: true }).click();
    const look = page.getByRole('dialog', { name: `${topic} 1` });
    await expect(look).toContainText('Committed offset');
    await picture(page, 'group-partition');
    await look.getByRole('link', { name: 'Open the next record' }).click();
    await expect(page).toHaveURL(/messages\?.*from=offset%3A11/);
    await expect(page.getByText('pay-0034').first()).toBeVisible();
  });
});

test('offsets are moved after a plan, taken back by one click, and kept by Kafka', async ({ page }) => {
  test.slow();
  const before = ['10', '11', '12'];
  await test.step('the plan shows from where to where and what is read next, and moves nothing', async () => {
    await page.goto(`${pageOf(group)}?plan=reset`);
    const plan = sheet(page);
    await plan.getByRole('button', { name: 'Shift' }).click();
    await plan.getByLabel('By how many').fill('+5');
    const table = plan.getByRole('table', { name: 'What will happen to each partition' });
    await expect(table.getByRole('row')).toHaveCount(4);
    await expect(table).toContainText('pay-0045');
    await expect(plan.getByText('15 records skipped')).toBeVisible();
    await expect(plan).toContainText('--shift-by 5');
    await expect(plan.getByRole('button', { name: 'Reset 3 partitions' })).toBeDisabled();
    await picture(page, 'group-reset');
    expect(await stands(group)).toEqual(before);
  });
  await test.step('it is done once the name is typed', async () => {
    const plan = sheet(page);
    await plan.getByRole('textbox', { name: /^Type/ }).fill(group);
    await plan.getByRole('button', { name: 'Reset 3 partitions' }).click();
    await expect(page.getByText('Offsets moved on 3 partitions.')).toBeVisible();
    expect(await stands(group)).toEqual(['15', '16', '17']);
  });
  await test.step('one click takes it back', async () => {
    const earlier = page.getByRole('region', { name: 'Earlier resets' });
    await expect(earlier).toContainText('by +5 records');
    await expect(earlier.getByRole('button', { name: 'Undo' })).toBeVisible();
    // What was done is told at the same corner, with the same click.
    const told = page.getByRole('listitem').filter({ hasText: 'Offsets moved on 3 partitions.' });
    await told.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('Taken back on 3 partitions.')).toBeVisible();
    expect(await stands(group)).toEqual(before);
    await picture(page, 'group-undone', { isWhole: true });
  });
});

test('a group that somebody reads is not moved, and who reads it is named', async ({ page }) => {
  test.slow();
  const consumer = connectKafka(platform.bootstrap, 'e2e-groups-keeper').consumer({
    groupId: other,
    sessionTimeout: 10_000,
  });
  await consumer.connect();
  await consumer.subscribe({ topic });
  const joined = new Promise<void>((done) => void consumer.on(consumer.events.GROUP_JOIN, () => done()));
  await consumer.run({ autoCommit: false, eachMessage: async () => undefined });
  await joined;
  const plan = sheet(page);
  try {
    await page.goto(`${pageOf(other)}?plan=reset`);
    await plan.getByRole('button', { name: 'End', exact: true }).click();
    await expect(plan.getByText('The group is live.')).toBeVisible();
    await expect(plan.getByText('e2e-groups-keeper on 127.0.0.1')).toBeVisible();
    await expect(
      plan.getByRole('button', { name: 'Reset 3 partitions, waiting for 1 member' }),
    ).toBeDisabled();
    await picture(page, 'group-reset-live');
  } finally {
    await consumer.disconnect();
  }
  await test.step('once it has stopped the same plan can be carried out', async () => {
    await expect(plan.getByText('The group is live.')).toBeHidden({ timeout: 60_000 });
    await expect(plan.getByRole('textbox', { name: /^Type/ })).toBeVisible();
  });
});

test('offsets of a topic and the group are deleted after a plan, and put back', async ({ page }) => {
  test.slow();
  await page.goto(pageOf(other));
  await page.getByRole('button', { name: `Actions on ${other}` }).click();
  await page.getByRole('menuitem', { name: 'Delete group' }).click();
  const plan = page.getByRole('dialog', { name: `Delete ${other}` });
  await expect(plan).toContainText(topic);
  await expect(plan.getByRole('button', { name: 'Delete group' })).toBeDisabled();
  await picture(page, 'group-delete');
  await plan.getByRole('textbox').fill(other);
  await plan.getByRole('button', { name: 'Delete group' }).click();
  await expect(page.getByText('Group deleted.')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${own}$`));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back on 3 partitions.')).toBeVisible();
  expect(await stands(other)).toEqual(['10', '11', '12']);
});
