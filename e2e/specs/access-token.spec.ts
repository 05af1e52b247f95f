import { ask } from '../fixtures/ask.ts';
import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, harbour, topics } from '../fixtures/places.ts';

const host = new URL(harbour.origin).host;
const name = 'scraper of the tests';

test.use({ person: 'developer' });

test('an access token reads the API as far as its role goes, and nothing after it is revoked', async ({
  page,
}) => {
  let token = '';
  const read = (path: string, more: Record<string, string> = {}) =>
    ask('GET', path, { host, authorization: `Bearer ${token}`, ...more });

  await test.step('it is made and shown once', async () => {
    await page.goto('/settings/tokens');
    const roles = page.getByLabel('Role');
    await expect(roles.getByRole('option')).toHaveText(['viewer', 'developer']);
    await page.getByLabel('Name').fill(name);
    await roles.selectOption('viewer');
    await page.getByRole('button', { name: 'Make token' }).click();
    const notice = page.getByText('It is not kept and cannot be shown again.');
    await expect(notice).toBeVisible();
    token = /again\.\s*(\S+)/.exec((await notice.textContent()) ?? '')?.[1] ?? '';
    expect(token.length).toBeGreaterThan(30);
    await picture(page, 'access-token');
    await page.reload();
    await expect(page.getByRole('row', { name: new RegExp(name) }).first()).toContainText('Active');
    expect(await page.content()).not.toContain(token);
  });

  await test.step('it reads what its role may read', async () => {
    const list = await read(`/api/v1/clusters/${cluster.id}/topics?q=${topics.orders}`);
    expect(list.status).toBe(200);
    expect((JSON.parse(list.body) as { rows: { name: string }[] }).rows.map((row) => row.name)).toContain(
      topics.orders,
    );
    expect((await read(`/api/v1/clusters/${cluster.id}/topics/${topics.orders}/messages`)).status).toBe(403);
    const described = await read('/api/v1/openapi.json');
    expect(JSON.parse(described.body)).toMatchObject({ openapi: expect.stringMatching(/^3\.1\.\d$/) });
  });

  await test.step('it scrapes the numbers of all clusters', async () => {
    const stranger = await ask('GET', '/metrics', { host });
    expect(stranger.status).toBe(401);
    expect(stranger.body).not.toContain('kafka_');
    const text = await read('/metrics');
    expect(text.headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(text.body).toContain(`kafka_brokers{cluster="${cluster.id}"} `);
    const open = await read('/metrics', { accept: 'application/openmetrics-text; version=1.0.0' });
    expect(open.headers['content-type']).toContain('application/openmetrics-text');
    expect(open.body.endsWith('# EOF\n')).toBe(true);
  });

  await test.step('it opens no page and no action', async () => {
    expect((await read('/')).status).toBe(307);
    const wrong = await ask('GET', '/api/v1/clusters', {
      host,
      authorization: `Bearer ${token.slice(0, -1)}x`,
    });
    expect(wrong.status).toBe(401);
    expect(wrong.headers['content-type']).toContain('application/problem+json');
  });

  await test.step('revoked, it is refused with the next request', async () => {
    await page
      .getByRole('row', { name: new RegExp(name) })
      .getByRole('button', { name: 'Revoke' })
      .first()
      .click();
    await expect(page.getByRole('row', { name: new RegExp(name) }).first()).toContainText('Revoked');
    const after = await read('/api/v1/clusters');
    expect(after.status).toBe(401);
    expect(after.body).not.toContain(cluster.name);
    const metrics = await read('/metrics');
    expect(metrics.status).toBe(401);
    expect(metrics.body).not.toContain('kafka_');
  });
});
