import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { pages } from '../fixtures/addresses.ts';
import { expect, type Person, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, group, strangeCluster, topics } from '../fixtures/places.ts';

const own = `/clusters/${cluster.id}`;
const topic = `${own}/topics/${topics.orders}`;

/** A page, and what on it says that its data has come. */
type Case = {
  name: string;
  path: string;
  shows: (page: Page) => ReturnType<Page['getByRole']>;
  person?: Person;
};

const table = (name: string | RegExp) => (page: Page) =>
  page.getByRole('table', { name }).getByRole('row').nth(1);
const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name });
const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name });

const cases: readonly Case[] = [
  { name: 'fleet', path: '/', shows: table('Clusters, worst first') },
  { name: 'overview', path: own, shows: table('Brokers of the cluster') },
  { name: 'brokers', path: `${own}/brokers`, shows: table(/Brokers/) },
  { name: 'broker', path: `${own}/brokers/1`, shows: heading(/Broker 1|127\.0\.0\.1/) },
  { name: 'topics', path: `${own}/topics`, shows: table(/Topics on/) },
  { name: 'topic', path: topic, shows: heading(topics.orders) },
  { name: 'topic-messages', path: `${topic}/messages`, shows: table(/Messages of/) },
  { name: 'topic-partitions', path: `${topic}/partitions`, shows: table(/artitions/) },
  { name: 'topic-groups', path: `${topic}/groups`, shows: table(/roups/) },
  { name: 'topic-config', path: `${topic}/config`, shows: table(/Config of/) },
  { name: 'topic-metrics', path: `${topic}/metrics`, shows: heading(topics.orders) },
  {
    name: 'partition-metrics',
    path: `${topic}/metrics/0`,
    shows: heading('Partition 0'),
  },
  { name: 'broker-metrics', path: `${own}/brokers/1/metrics`, shows: table(/Bytes in/) },
  { name: 'metrics', path: `${own}/metrics`, shows: table(/Records/) },
  { name: 'metrics-brokers', path: `${own}/metrics/brokers`, shows: heading('What it leads') },
  { name: 'metrics-connectors', path: `${own}/metrics/connectors`, shows: heading('Connectors') },
  { name: 'metrics-connector', path: `${own}/metrics/connectors/none`, shows: heading('none') },
  { name: 'metrics-explore', path: `${own}/metrics/explore`, shows: table('topics by growth') },
  { name: 'boards', path: '/boards', shows: heading('Boards') },
  { name: 'no-such-board', path: '/boards/none', shows: heading(/./) },
  { name: 'closed-wall', path: '/wall/none', shows: heading(/This link shows nothing/), person: 'stranger' },
  { name: 'new-topic', path: `${own}/topics/new`, shows: button('Create topic') },
  { name: 'groups', path: `${own}/groups`, shows: table(/roups/) },
  { name: 'group', path: `${own}/groups/${group}`, shows: table(/Partitions of/) },
  {
    name: 'group-members',
    path: `${own}/groups/${group}/members`,
    shows: heading('Nobody is in this group'),
  },
  {
    name: 'group-metrics',
    path: `${own}/groups/${group}/metrics`,
    shows: heading('Lag in time by partition'),
  },
  { name: 'audit', path: '/audit', shows: table('Audit, newest first') },
  { name: 'alerts', path: '/alerts', shows: heading('Alerts') },
  { name: 'alert-history', path: '/alerts/history', shows: heading('Alerts') },
  { name: 'alert-silences', path: '/alerts/silences', shows: button('Silence alerts') },
  { name: 'alert-delivery', path: '/alerts/delivery', shows: heading('Channels') },
  { name: 'no-such-alert', path: '/alerts/incidents/none', shows: heading(/./) },
  { name: 'alert-rules', path: '/alerts/rules', shows: button('Rules as YAML') },
  { name: 'alert-new-rule', path: '/alerts/rules/new', shows: button('Add rule') },
  { name: 'alert-no-such-rule', path: '/alerts/rules/none', shows: heading(/./) },
  { name: 'settings', path: '/settings', shows: heading('Settings') },
  { name: 'settings-clusters', path: '/settings/clusters', shows: table('Clusters') },
  { name: 'settings-cluster', path: `/settings/clusters/${cluster.id}`, shows: button('Test connection') },
  { name: 'settings-new-cluster', path: '/settings/clusters/new', shows: button('Test connection') },
  { name: 'settings-users', path: '/settings/users', shows: table('Users') },
  { name: 'settings-history', path: '/settings/history', shows: heading('What is kept') },
  { name: 'settings-masks', path: '/settings/masks', shows: heading('Nothing is masked') },
  { name: 'settings-new-mask', path: '/settings/masks/new', shows: button('Add policy') },
  { name: 'settings-no-such-mask', path: '/settings/masks/none', shows: heading(/./) },
  { name: 'settings-tokens', path: '/settings/tokens', shows: button('Make token') },
  { name: 'settings-sessions', path: '/settings/sessions', shows: table('Your sessions') },
  { name: 'settings-api', path: '/settings/api', shows: table('Endpoints of the API') },
  { name: 'sign-in', path: '/sign-in', shows: button('Sign in'), person: 'stranger' },
  {
    name: 'sign-in-link',
    path: '/sign-in/link?token=none',
    shows: heading('Sign in by link'),
    person: 'stranger',
  },
  { name: 'invite', path: '/invite?token=none', shows: heading(/./), person: 'stranger' },
  { name: 'not-found', path: '/no/such/page', shows: heading('Nothing stands at this address.') },
  { name: 'no-such-topic', path: `${own}/topics/e2e-never`, shows: heading(/./) },
  { name: 'cluster-refuses-us', path: `/clusters/${strangeCluster.id}`, shows: heading(/./) },
];

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds, one line for each kind of fault with the first places. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.map(({ id, help, nodes }) => {
    const places = nodes
      .slice(0, 3)
      .map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary?.split('\n')[1]?.trim()})`);
    return `${id}: ${help}; ${nodes.length} × ${places.join(' | ')}`;
  });
}

test('the list of pages below is the list of pages of the build', () => {
  const known = cases.map(({ path }) => path.split('?')[0]);
  const missing = pages().filter(({ path }) => !known.includes(path) && path !== '/setup');
  expect(missing).toEqual([]);
});

for (const { name, path, shows, person = 'admin' } of cases) {
  test.describe(name, () => {
    test.use({ person });
    test(`${name}: axe is content in light and dark, and the page keeps its own policy`, async ({ page }) => {
      await page.goto(path);
      await expect(shows(page).first()).toBeVisible();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
        expect.soft(await faultsOf(page), `${name} in ${colorScheme}`).toEqual([]);
      }
      await picture(page, `page-${name}`);
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, person: 'operator' });
  for (const [name, path] of [
    ['overview', own],
    ['fleet', '/'],
    ['topics', `${own}/topics`],
    ['topic', topic],
  ] as const) {
    test(`${name} does not scroll sideways`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
      const widths = () =>
        page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth] as const);
      await expect.poll(async () => (await widths())[0]).toBeLessThanOrEqual(390);
      await picture(page, `phone-${name}`);
    });
  }
});
