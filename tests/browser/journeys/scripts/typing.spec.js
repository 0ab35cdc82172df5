import { leave } from '../../actors.js';
import { isAccessible } from '../../inspect.js';
import { expect, test } from '../../server.js';

test('the home page answers as one types, and Enter still searches', async ({ page }) => {
  await page.goto('/');
  const box = page.getByLabel('Che cosa vuoi imparare a fare?');
  await box.pressSequentially('identità digitale');
  const results = page.locator('.typed');
  await expect(results.getByRole('status')).toHaveText(/Ecco i primi 5 risultati|\d risultati\./);
  await expect(results.getByRole('link', { name: /SPID/ }).first()).toHaveAttribute('href', /^\/moduli\/spid/);
  await expect(box).toBeFocused();
  await isAccessible(page, 'results while typing');

  await leave(page, () => box.press('Enter'));
  await expect(page).toHaveURL(/\/cerca\?q=/);
  await expect(page.locator('.hits').getByRole('link').first()).toBeVisible();
});

test('what was found before gives way to what is typed, and comes back', async ({ page }) => {
  await page.goto('/cerca?q=spid');
  const before = page.locator('.band > .hits');
  await expect(before).toBeVisible();
  const box = page.locator('#cerca');
  await box.fill('xyzzyq');
  await expect(page.locator('.typed').getByRole('status')).toHaveText('Ancora nessun risultato.');
  await expect(before).toBeHidden();
  await box.fill('');
  await expect(before).toBeVisible();
  await expect(page.locator('.typed').getByRole('status')).toBeEmpty();
});

test('a slow answer to earlier letters never replaces a later one', async ({ page }) => {
  await page.goto('/');
  await page.route(/q=pagare$/, async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue().catch(() => {});
  });
  const box = page.getByLabel('Che cosa vuoi imparare a fare?');
  const asked = page.waitForRequest(/q=pagare$/);
  await box.fill('pagare');
  await asked;
  await box.fill('xyzzyq');
  const status = page.locator('.typed').getByRole('status');
  await expect(status).toHaveText('Ancora nessun risultato.');
  await page.waitForTimeout(2000);
  await expect(status).toHaveText('Ancora nessun risultato.');
});

test('on a phone the results are not under the keyboard', async ({ page }) => {
  // What a keyboard leaves of the screen.
  const left = 380;
  await page.addInitScript((left) => Object.defineProperty(visualViewport, 'height', { get: () => left }), left);
  await page.goto('/');
  const box = page.getByLabel('Che cosa vuoi imparare a fare?');
  await box.pressSequentially('identità digitale');
  const first = page.locator('.typed-hits li a').first();
  await expect(first).toBeVisible();
  await expect.poll(async () => {
    const [field, hit] = [await box.boundingBox(), await first.boundingBox()];
    return field.y >= 0 && hit.y + hit.height <= left;
  }).toBe(true);
  await expect(box).toBeFocused();
});
