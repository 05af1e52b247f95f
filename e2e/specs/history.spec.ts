import { expect, test } from '../fixtures/journey.ts';
import { picture } from '../fixtures/picture.ts';

test.use({ person: 'admin' });

test('an admin sets for how long numbers are kept, and is told what cannot be', async ({ page }) => {
  await page.goto('/settings/history');
  await expect(page.getByRole('table', { name: 'History by how finely it is kept' })).toBeVisible();
  await picture(page, 'settings-history');

  const minutes = page.getByLabel('A number a minute');
  const quarters = page.getByLabel('A number every 15 minutes');
  await expect(minutes).toHaveValue('7');
  await minutes.fill('10');
  await quarters.fill('9');
  await page.getByRole('button', { name: 'Keep changes' }).click();
  await expect(page.getByText('Keep quarters of an hour for at least as long as minutes.')).toBeVisible();

  await quarters.fill('120');
  await page.getByRole('button', { name: 'Keep changes' }).click();
  await expect(page.getByText('History is kept as set from now on.')).toBeVisible();
  await page.reload();
  await expect(quarters).toHaveValue('120');
  await expect(minutes).toHaveValue('10');

  await minutes.fill('7');
  await quarters.fill('90');
  await page.getByRole('button', { name: 'Keep changes' }).click();
  await expect(page.getByText('History is kept as set from now on.')).toBeVisible();
});
