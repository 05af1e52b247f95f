import { readFileSync } from 'node:fs';
import { act } from '../fixtures/act.ts';
import { cookieOf, expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster, topics } from '../fixtures/places.ts';

test.beforeAll(async () => {
  const topic = 'e2e-audit';
  await act(cookieOf('viewer'), 'createTopicAction', {
    clusterId: cluster.id,
    topic,
    partitions: 1,
    replicationFactor: 3,
    configs: {},
  });
  await act(cookieOf('operator'), 'planDeleteTopicsAction', {
    clusterId: cluster.id,
    topics: [topics.orders],
  });
  await act(cookieOf('operator'), 'createTopicAction', {
    clusterId: cluster.id,
    topic,
    partitions: 1,
    replicationFactor: 9,
    configs: {},
  });
});

test('the audit is searched, filtered, opened and taken along as CSV', async ({ page }) => {
  const table = page.getByRole('table', { name: 'Audit, newest first' });
  await test.step('what a person tried is found, whatever came of it', async () => {
    await page.goto('/audit');
    await page.getByRole('searchbox').fill('e2e-audit');
    await expect(table.getByRole('row', { name: /Refused/ }).first()).toContainText('Viewer of the tests');
    await expect(table.getByRole('row', { name: /Failed/ }).first()).toContainText('Operator of the tests');
    await expect(page).toHaveURL(/q=e2e-audit/);
  });

  await test.step('an outcome narrows it, and the address keeps both', async () => {
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('denied');
    await expect(table.getByRole('row', { name: /Failed/ })).toHaveCount(0);
    await expect(page).toHaveURL(/outcome=denied/);
    await page.reload();
    await expect(table.getByRole('row', { name: /Refused/ }).first()).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Outcome' })).toHaveValue('denied');
  });

  await test.step('one of them opens with who, from where and why', async () => {
    await table
      .getByRole('row', { name: /Refused/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    const detail = page.getByRole('dialog');
    await expect(detail).toContainText('Viewer of the tests');
    await expect(detail).toContainText('127.0.0.1');
    await expect(detail).toContainText('topic.create');
    await picture(page, 'audit-detail');
    await page.keyboard.press('Escape');
    await expect(detail).toHaveCount(0);
  });

  await test.step('the same selection as CSV', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export CSV' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    const [head = '', ...lines] = readFileSync(await file.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(head).toMatch(/action/i);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain('denied');
    expect(lines.join('\n')).toContain('e2e-audit');
  });
});
