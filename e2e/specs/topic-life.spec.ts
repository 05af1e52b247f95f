import { openFixture } from '#platform/workload/fixture.ts';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, platform } from '../fixtures/places.ts';

const topic = 'e2e-life.orders.v1';
const list = `/clusters/${cluster.id}/topics`;
const own = `${list}/${topic}`;

const describeTopic = async () =>
  (await platform.cli('org.apache.kafka.tools.TopicCommand', ['--describe', '--topic', topic])).stdout;

test.use({ person: 'operator' });

test.beforeAll(() => openFixture(platform.bootstrap).deleteTopics('e2e-life.'));

test('a topic from its making to its deletion, each step shown first, kept by Kafka and by the audit', async ({
  page,
}) => {
  test.slow();
  await test.step('a name that Kafka refuses is refused at its field', async () => {
    await page.goto(list);
    await page.getByRole('link', { name: 'Create topic' }).click();
    await page.getByLabel('Topic name').fill('e2e life/orders');
    await page.getByLabel('Partitions').focus();
    await expect(page.getByLabel('Topic name')).toHaveAttribute('aria-invalid', 'true');
  });

  await test.step('production policy refuses one replica, and nothing typed is lost', async () => {
    await page.getByLabel('Topic name').fill(topic);
    await page.getByLabel('Partitions').fill('2');
    await page.getByLabel('Replicas').fill('1');
    await page.getByRole('button', { name: 'Create topic' }).click();
    await expect(page.getByText(/Production policy asks for 3/)).toBeVisible();
    await expect(page.getByLabel('Topic name')).toHaveValue(topic);
    await picture(page, 'create-topic-refused');
  });

  await test.step('it is made', async () => {
    await page.getByLabel('Replicas').fill('3');
    await page.getByRole('button', { name: 'Create topic' }).click();
    await expect(page).toHaveURL(new RegExp(`${topic}$`));
    await expect(page.getByRole('heading', { name: topic })).toBeVisible();
    expect(await describeTopic()).toMatch(/PartitionCount: 2\s+ReplicationFactor: 3/);
    await picture(page, 'topic-overview');
  });

  await test.step('its config is changed after a diff', async () => {
    await page.getByRole('link', { name: /^Config/ }).click();
    await page.getByRole('searchbox', { name: 'Key, value or meaning' }).fill('retention.ms');
    const row = page.getByRole('row', { name: /^retention\.ms/ });
    await expect(row).toBeVisible();
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('New value of retention.ms').fill('21600000');
    await page.getByRole('button', { name: 'Keep change' }).click();
    await page.getByRole('button', { name: 'Review 1 change' }).click();
    const plan = page.getByRole('dialog', { name: 'Change config' });
    await expect(plan).toContainText(cluster.name);
    await expect(plan).toContainText('21600000');
    await expect(plan).toContainText('6 h');
    await picture(page, 'config-diff');
    await plan.getByRole('button', { name: 'Apply 1 change' }).click();
    await expect(page.getByText('1 config changed.')).toBeVisible();
    expect(await describeTopic()).toContain('retention.ms=21600000');
  });

  await test.step('it gets more partitions, after being told what that does to keys', async () => {
    await page.goto(`${own}?plan=partitions`);
    const plan = page.getByRole('dialog', { name: 'Add partitions' });
    await plan.getByLabel('Partitions in all').fill('5');
    await plan.getByRole('button', { name: 'Plan more partitions' }).click();
    await expect(plan.getByText(/of the keys go to another partition/)).toBeVisible();
    const add = plan.getByRole('button', { name: 'Add 3 partitions' });
    await expect(add).toBeDisabled();
    await plan.getByRole('textbox').fill(topic);
    await picture(page, 'add-partitions');
    await add.click();
    await expect(page.getByText('Partitions added.')).toBeVisible();
    expect(await describeTopic()).toContain('PartitionCount: 5');
  });

  await test.step('it is deleted after its name was typed', async () => {
    await page.goto(`${own}?plan=delete`);
    const plan = page.getByRole('dialog', { name: 'Delete topic' });
    const remove = plan.getByRole('button', { name: 'Delete topic' });
    await expect(remove).toBeDisabled();
    await plan.getByRole('textbox').fill(`${topic}x`);
    await expect(remove).toBeDisabled();
    await plan.getByRole('textbox').fill(topic);
    await picture(page, 'delete-topic');
    await remove.click();
    await expect(page.getByText('Topic deleted.')).toBeVisible();
    const { stdout } = await platform.cli('org.apache.kafka.tools.TopicCommand', ['--list']);
    expect(stdout.split('\n')).not.toContain(topic);
  });

  await test.step('the audit has each of it', async () => {
    await page.goto(`/audit?q=${topic}`);
    const table = page.getByRole('table', { name: 'Audit, newest first' });
    for (const action of ['topic.create', 'topic.configure', 'topic.add-partitions', 'topic.delete'])
      await expect(
        table.getByRole('row', { name: new RegExp(action.replace('.', '\\.')) }).first(),
      ).toContainText('Operator of the tests');
    await picture(page, 'audit-of-a-topic');
  });
});
