import { allows } from '#lib/model/permission.ts';
import { act } from '../fixtures/act.ts';
import { actions } from '../fixtures/addresses.ts';
import { ask } from '../fixtures/ask.ts';
import { cookieOf, expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, group, harbour, platform, strangeCluster, topics } from '../fixtures/places.ts';

test.use({ person: 'viewer' });

const host = new URL(harbour.origin).host;
const own = `/clusters/${cluster.id}`;
const topic = topics.orders;
const on = { clusterId: cluster.id };
const onGroup = { ...on, groupId: group };
const connection = {
  bootstrap: [{ host: '127.0.0.1', port: 1 }],
  tls: { enabled: false },
  sasl: { mechanism: 'none' },
};
const someId = '00000000-0000-4000-8000-000000000000';
const digest = 'A'.repeat(22);
const manyRecords = { records: [{ line: 1, value: '1' }], batch: { id: someId, part: 1, of: 1 } };
const brokerChanges = [{ op: 'set', name: 'log.cleaner.threads', value: '2' }];

/** Input each verb would accept, so that only the right is missing. What a viewer may do to things of their own is left out. */
const inputs: Readonly<Record<string, unknown>> = {
  createClusterAction: {
    id: 'no',
    name: 'No',
    environment: 'development',
    readOnly: false,
    connection,
    secrets: {},
  },
  updateClusterAction: {
    id: strangeCluster.id,
    name: 'No',
    environment: 'development',
    readOnly: false,
    connection,
    secrets: {},
    version: 1,
  },
  deleteClusterAction: { id: strangeCluster.id, confirm: strangeCluster.name },
  testClusterAction: { connection, secrets: {} },
  inviteUserAction: { email: 'no@e2e.invalid', role: 'viewer' },
  revokeInviteAction: { id: someId },
  updateUserAction: { id: someId, role: 'admin' },
  createTopicAction: { ...on, topic: 'e2e-viewer', partitions: 1, replicationFactor: 3, configs: {} },
  planCreateTopicAction: { ...on, topic: 'e2e-viewer', partitions: 1, replicationFactor: 3, configs: {} },
  configureTopicsAction: {
    ...on,
    topics: [topic],
    changes: [{ op: 'set', name: 'retention.ms', value: '1' }],
    digest,
  },
  planConfigureTopicsAction: {
    ...on,
    topics: [topic],
    changes: [{ op: 'set', name: 'retention.ms', value: '1' }],
  },
  addPartitionsAction: { ...on, topic, total: 9, digest },
  planAddPartitionsAction: { ...on, topic, total: 9 },
  deleteTopicsAction: { ...on, topics: [topic], digest, typed: topic },
  planDeleteTopicsAction: { ...on, topics: [topic] },
  deleteRecordsAction: { ...on, topic, before: [{ partition: 0, offset: '1' }], digest, typed: topic },
  planDeleteRecordsAction: { ...on, topic, upTo: { kind: 'all' } },
  resetOffsetsAction: {
    ...onGroup,
    positions: [{ topic, partitions: [0], offsets: ['0'] }],
    words: 'to the start',
    digest,
    typed: group,
  },
  planResetOffsetsAction: { ...onGroup, topics: null, target: { kind: 'start' } },
  undoResetAction: { ...onGroup, resetId: someId },
  deleteGroupAction: { ...onGroup, digest, typed: group },
  planDeleteGroupAction: onGroup,
  deleteOffsetsAction: { ...onGroup, topics: [topic], digest, typed: group },
  planDeleteOffsetsAction: { ...onGroup, topics: [topic] },
  electLeadersAction: { ...on, topic, digest },
  planElectLeadersAction: { ...on, topic },
  configureBrokerAction: { ...on, brokerId: 1, changes: brokerChanges, digest },
  planConfigureBrokerAction: { ...on, brokerId: 1, changes: brokerChanges },
  produceMessageAction: {
    ...on,
    topic,
    key: 'no',
    keyEncoding: 'text',
    value: 'no',
    valueEncoding: 'text',
    headers: [],
    partition: '',
    timestamp: '',
  },
  planProduceMessageAction: { ...on, topic, value: 'no', valueEncoding: 'text' },
  produceManyAction: { ...on, topic, ...manyRecords, digest },
  planProduceManyAction: { ...on, topic, ...manyRecords },
  saveTemplateAction: { ...on, topic, name: 'No', draft: { value: 'no', valueEncoding: 'text' } },
  deleteTemplateAction: { ...on, topic, id: someId },
};

/** Verbs that a viewer holds, on what is the viewer's own. */
const held = ['changePasswordAction', 'revokeSessionAction', 'createTokenAction', 'revokeTokenAction'];

test('a viewer is refused each verb when it is called past the pages, and nothing happens', async () => {
  const before = (await platform.cli('org.apache.kafka.tools.TopicCommand', ['--describe', '--topic', topic]))
    .stdout;
  const wrong: string[] = [];
  for (const { exportedName } of actions()) {
    if (held.includes(exportedName)) continue;
    const answer = await act(cookieOf('viewer'), exportedName, inputs[exportedName], own);
    if (!answer.body.includes('"auth.forbidden"'))
      wrong.push(`${exportedName}: ${answer.status} ${answer.body.slice(0, 300)}`);
  }
  expect(wrong).toEqual([]);
  const after = (await platform.cli('org.apache.kafka.tools.TopicCommand', ['--describe', '--topic', topic]))
    .stdout;
  expect(after).toBe(before);

  const refused = await ask('GET', '/api/v1/audit?q=Viewer&outcome=denied', {
    host,
    cookie: cookieOf('admin'),
  });
  const kept = new Set(
    (JSON.parse(refused.body) as { rows: { action: string }[] }).rows.map(({ action }) => action),
  );
  for (const action of [
    'topic.create',
    'topic.configure',
    'topic.add-partitions',
    'topic.delete',
    'cluster.create',
    'user.invite',
  ])
    expect([...kept], 'refusals are in the audit').toContain(action);
});

test('a viewer is refused what they may not read', async ({ request }) => {
  expect(allows('viewer', 'message:read')).toBe(false);
  for (const path of [
    `/api/v1${own}/topics/${topic}/messages`,
    `/api/v1${own}/topics/${topic}/messages/export`,
    `/api/v1${own}/topics/${topic}/searches`,
    `/api/v1${own}/topics/${topic}/templates`,
    `/api/v1${own}/topics/${topic}/produce/subjects`,
    `/api/v1${own}/topics/${topic}/produce/example?subject=any`,
    '/api/v1/masks',
    '/api/v1/audit',
    '/api/v1/audit/export',
    '/api/v1/users',
  ]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(403);
    expect(answer.headers()['content-type'], path).toContain('application/problem+json');
    expect(await answer.text(), path).not.toContain('order-00');
  }
});

test('a viewer sees the cluster and is offered nothing that would be refused', async ({ page }) => {
  const offers = /^(Create|Add|Delete|Edit|Produce|Invite|Elect|Plan|Reset|Undo|Shut out|Export|Remove)\b/;
  const nothing = async () => {
    await expect(
      page
        .getByRole('button', { name: offers })
        .or(page.getByRole('main').getByRole('link', { name: offers })),
    ).toHaveCount(0);
  };
  await test.step('fleet and overview', async () => {
    await page.goto('/');
    await expect(page.getByRole('link', { name: cluster.name }).first()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(0);
    await nothing();
    await page.goto(own);
    await expect(page.getByRole('table', { name: 'Brokers of the cluster' })).toBeVisible();
    await nothing();
  });
  await test.step('topics', async () => {
    await page.goto(`${own}/topics?q=${topic}`);
    await expect(page.getByRole('link', { name: topic })).toBeVisible();
    await nothing();
    await page.getByRole('row', { name: topic }).hover();
    await page.getByRole('button', { name: `Actions on ${topic}` }).click();
    await expect(page.getByRole('menuitem').first()).toBeVisible();
    await expect(page.getByRole('menuitem', { name: /Delete|Edit|Messages/ })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await picture(page, 'viewer-topics');
  });
  await test.step('one topic', async () => {
    await page.goto(`${own}/topics/${topic}?plan=delete`);
    await expect(page.getByRole('heading', { name: topic })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Messages' })).toHaveCount(0);
    await nothing();
    await page.goto(`${own}/topics/new`);
    await expect(page.getByText('The role operator is needed.')).toBeVisible();
    await nothing();
  });
  await test.step('pages of admins and operators', async () => {
    for (const path of [
      '/audit',
      '/settings/users',
      '/settings/clusters',
      '/settings/clusters/new',
      `${own}/topics/${topic}/messages`,
    ]) {
      await page.goto(path);
      await expect(page.getByRole('main')).toBeVisible();
      await nothing();
      await expect(page.getByText('@e2e.invalid').and(page.getByRole('main').locator('*'))).toHaveCount(0);
      await expect(page.getByRole('main').getByText(/order-0\d\d\d/)).toHaveCount(0);
    }
  });
  await test.step('groups', async () => {
    await page.goto(`${own}/groups?q=${group}`);
    // A long name is drawn in two parts, so that its end stays when it is clipped.
    await expect(page.getByRole('link').filter({ hasText: group })).toBeVisible();
    await nothing();
  });
});
