import { enterWithCard, enterWithPassword, follow, signOut } from '../actors.js';
import { somebody } from '../people.js';
import { expect, test } from '../server.js';

async function enterDesk(page, site) {
  await page.goto('/punto');
  await expect(page).toHaveURL(/\/accedi/);
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/punto');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Il mio punto');
}

async function register(page, person) {
  await page.goto('/punto');
  await follow(page.getByRole('link', { name: 'Registra una persona' }));
  await page.getByLabel('Codice fiscale').fill(person.codice_fiscale);
  await page.getByLabel('Nome', { exact: true }).fill(person.first_name);
  await page.getByLabel('Cognome', { exact: true }).fill(person.last_name);
  await page.getByLabel("Ho dato l'informativa sui suoi dati").check();
  await page.getByLabel('Dai subito una tessera').uncheck();
  await follow(page.getByRole('button', { name: 'Salva' }));
}

test('a facilitator registers a citizen and gives a card that opens the door', async ({ page, browser, site }) => {
  const person = somebody();
  await enterDesk(page, site);
  await register(page, person);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(person.last_name);
  await expect(page.locator('main')).toContainText('5 maggio 1960');

  await follow(page.getByRole('button', { name: 'Dai una tessera' }));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tessera di');
  const printed = async (name) =>
    page.locator('.access-card').getByRole('definition').nth(name === 'code' ? 0 : 1).textContent();
  const card = { card: await printed('code'), pin: (await printed('pin')).trim() };
  expect(card.pin).toMatch(/^\d{5}$/);

  const home = await browser.newContext({ baseURL: site.address });
  const phone = await home.newPage();
  await enterWithCard(phone, card);
  await home.close();

  // The page can be opened again, and makes no other card; whoever enters next does not see it.
  await page.reload();
  await expect(page.locator('main')).toContainText(card.pin);
  const shown = page.url();
  await signOut(page);
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto(shown);
  await expect(page.locator('main')).not.toContainText(card.pin);
});

test('a facilitator finds a citizen by name and by codice fiscale', async ({ page, site }) => {
  const person = somebody();
  await enterDesk(page, site);
  await register(page, person);
  for (const asked of [person.last_name, person.codice_fiscale.toLowerCase()]) {
    await page.goto('/punto');
    await page.getByRole('searchbox', { name: 'Cerca una persona' }).fill(asked);
    await follow(page.locator('main').getByRole('button', { name: 'Cerca' }));
    await expect(page.getByRole('rowheader').getByRole('link')).toHaveCount(1);
    await expect(page.getByRole('rowheader')).toContainText(person.last_name);
    expect(page.url()).not.toContain(asked);
  }
});

test('whoever is on record is not registered twice', async ({ page, site }) => {
  const person = somebody();
  await enterDesk(page, site);
  await register(page, person);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(person.last_name);
  const record = page.url();
  await register(page, person);
  await expect(page.locator('main').getByRole('alert')).toContainText('è già registrata');
  await follow(page.getByRole('link', { name: 'Apri la sua scheda' }));
  await expect(page).toHaveURL(record);
});

test('a wrong codice fiscale is explained beside its field, and nothing typed is lost', async ({ page, site }) => {
  const person = somebody();
  const last = person.codice_fiscale.at(-1) === 'A' ? 'B' : 'A';
  await enterDesk(page, site);
  await register(page, { ...person, codice_fiscale: person.codice_fiscale.slice(0, 15) + last });
  await expect(page.locator('main').getByRole('alert')).toContainText("C'è un dato da correggere");
  const field = page.getByLabel('Codice fiscale');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/ultima lettera/);
  await expect(page.getByLabel('Cognome', { exact: true })).toHaveValue(person.last_name);
});

test('the desk is closed to citizens and to strangers', async ({ page, site }) => {
  await page.goto('/punto');
  await expect(page).toHaveURL(/\/accedi/);
  await enterWithCard(page, site.account('citizen'));
  const answer = await page.goto('/punto');
  expect(answer.status()).toBe(403);
  await expect(page.getByRole('searchbox', { name: 'Cerca una persona' })).toHaveCount(0);
});
