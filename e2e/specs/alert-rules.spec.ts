import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';
import { cluster } from '../fixtures/places.ts';

const rule = 'Orders are silent';

test('an operator takes the rules of the first day, writes one and tries it, and keeps them as a file', async ({
  page,
}) => {
  const table = page.getByRole('table', { name: 'Alert rules' });

  await test.step('the rules of the first day come by one press', async () => {
    await page.goto('/alerts/rules');
    await page.getByRole('button', { name: /^Add (\d+ rules for the first day|them)$/ }).click();
    await expect(table.getByRole('row', { name: /Broker is down/ })).toBeVisible();
    await expect(table.getByRole('row', { name: /Dead-letter topic received records/ })).toBeVisible();
    await picture(page, 'alert-rules');
  });

  await test.step('a rule is tried on the stored history before it is kept', async () => {
    await page.goto(`/alerts/rules/new?kind=topic.records-in&name=e2e-orders&cluster=${cluster.id}`);
    await expect(page.getByLabel('What is watched')).toHaveValue('topic.records-in');
    await expect(page.getByLabel('Clusters', { exact: true })).toHaveValue(`cluster:${cluster.id}`);
    await expect(page.getByLabel('Which topics')).toHaveValue('e2e-orders');
    await expect(page.getByText(/Would (not )?have fired|No topic has this number/)).toBeVisible();
    await page.getByLabel('Limit').fill('soon');
    await expect(page.getByText('Shown when the condition can be read.')).toBeVisible();
    await page.getByLabel('Limit').fill('1.5k');
    await page.getByLabel('Which topics').fill('*');
    await expect(page.getByText(/Would (not )?have fired/)).toBeVisible();
    await page.getByRole('textbox', { name: 'Name' }).fill(rule);
    await page.getByLabel('Owner').fill('team-orders');
    await picture(page, 'alert-rule', { isWhole: true });
    await page.getByRole('button', { name: 'Add rule' }).click();
    await expect(table.getByRole('row', { name: new RegExp(rule) })).toContainText('above 1,500/s for 5 min');
  });

  await test.step('it is switched off and stays so', async () => {
    const row = table.getByRole('row', { name: new RegExp(rule) });
    await row.hover();
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Switch off' }).click();
    await expect(row).toContainText('Off');
    await page.reload();
    await expect(row).toContainText('Off');
  });

  await test.step('all of them are a file, which is imported by a plan', async () => {
    await page.getByRole('button', { name: 'Rules as YAML' }).click();
    const sheet = page.getByRole('dialog');
    const file = sheet.getByRole('textbox', { name: 'Rules' });
    await expect(file).toHaveValue(new RegExp(`name: ${rule}\\n    enabled: false`));
    await picture(page, 'alert-rules-file');
    await file.fill('rules:\n  - name: Wrong\n    series: nothing\n');
    await sheet.getByRole('button', { name: 'Plan import' }).click();
    await expect(sheet.getByText(/Line 2, Wrong, series/)).toBeVisible();
    await file.fill('rules: []');
    await sheet.getByLabel('Delete rules that are not in the file').check();
    await sheet.getByRole('button', { name: 'Plan import' }).click();
    await expect(sheet.getByRole('heading', { name: new RegExp(rule) })).toContainText('deleted');
    await sheet.getByRole('button', { name: /^Import \d+ changes$/ }).click();
    await expect(page.getByRole('heading', { name: 'No alert rule yet' })).toBeVisible();
  });
});
