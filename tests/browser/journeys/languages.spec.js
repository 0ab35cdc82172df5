import { follow } from '../actors.js';
import { expect, test } from '../server.js';

test('the English interface is chosen once and remembered', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
  await follow(page.getByRole('link', { name: 'EN', exact: true }));
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.goto('/moduli/spid');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('link', { name: 'Begin the first lesson' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('SPID: your digital identity');

  // A module without a translation is offered in Italian, and says that it is.
  await page.goto('/moduli/pagamenti-online');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 }).locator('xpath=ancestor-or-self::*[@lang][1]')).toHaveAttribute('lang', 'it');
  await expect(page.locator('main')).toContainText('in Italian');

  await follow(page.getByRole('link', { name: 'IT', exact: true }));
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
});

test.describe('with a browser that asks for English', () => {
  test.use({ locale: 'en-GB' });
  test('the first page is in English, and so is the quiz', async ({ page }) => {
    await page.goto('/');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.goto('/moduli/spid/quiz');
    await expect(page.locator('main')).not.toContainText('Comincia');
    await follow(page.locator('main').getByRole('button').first());
    await expect(page.locator('form.question')).toHaveAttribute('lang', 'en');
    await expect(page.locator('form.question').getByRole('button')).not.toHaveText('Rispondi');
  });
});
