import { change, check, fillIn } from '../../actors.js';
import { questions } from '../../answers.js';
import { expect, test } from '../../server.js';

const lesson = '/moduli/spid/che-cose-spid';
const [practice] = questions('spid/01-che-cose-spid.md');

test('a practice question is answered where it stands, as often as one likes', async ({ page }) => {
  await page.goto(lesson);
  const form = page.locator(`form.question#${practice.id}`);
  await check(form);
  // The focus is where the answer is to be mended, and what is missing is said with it.
  const first = form.getByRole('radio').first();
  await expect(first).toBeFocused();
  await expect(first).toHaveAccessibleDescription('Scegli o scrivi una risposta prima di continuare.');

  await fillIn(form, practice);
  await check(form);
  await expect(page.locator('.verdict')).toBeFocused();
  await expect(page.locator('.verdict')).toContainText('Giusto!');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText("Che cos'è SPID e a che cosa serve");
  expect(new URL(page.url()).pathname).toBe(lesson);

  await change(page.getByText("Riprova l'esercizio"));
  await check(form);
  await expect(form.getByRole('radio').first()).toBeFocused();
});

test('without a network a practice answer waits where it stands, and goes by itself', async ({ page }) => {
  await page.goto(lesson);
  const form = page.locator(`form.question#${practice.id}`);
  await fillIn(form, practice);
  // The script has come; the network goes before the answer.
  await page.route('**/risposte', (route) => route.abort());
  await change(form.getByRole('button', { name: 'Controlla la risposta' }));
  await expect(form.getByRole('alert')).toContainText('La tua risposta resta qui.');
  await expect(form.getByRole('radio', { checked: true })).toHaveCount(1);
  await page.unroute('**/risposte');
  await expect(page.locator('.verdict')).toContainText('Giusto!');
  await expect(form.getByRole('alert')).toHaveCount(0);
});
