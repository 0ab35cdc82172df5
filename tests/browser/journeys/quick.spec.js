// The desk has a queue: how many clicks, keys and pages each task takes.
import { change, enterWithPassword, follow } from '../actors.js';
import { Count } from '../count.js';
import { registered, somebody } from '../people.js';
import { expect, test } from '../server.js';

async function atTheDesk(page, site) {
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/punto');
  // Keys go to whatever has the focus.
  await expect(page.locator('#chi')).toBeFocused();
  return new Count(page);
}

/** A group with so many people, and their names. */
async function group(request, site, name, size) {
  let desk;
  const people = [];
  for (let one = 0; one < size; one += 1) {
    const made = await registered(request, site);
    desk = made.desk;
    people.push(made.id);
  }
  const made = await request.post(`${site.address}/api/v1/groups`, { data: { name }, headers: desk });
  const { id } = await made.json();
  const put = await request.put(`${site.address}/api/v1/groups/${id}/members`, { data: { citizens: people }, headers: desk });
  expect(put.status(), await put.text()).toBe(200);
  return people;
}

test('somebody new is registered with card, course and service in 10 clicks and 3 pages', async ({ page, site }) => {
  const person = somebody();
  const count = await atTheDesk(page, site);
  await count.follow(page.getByRole('link', { name: 'Registra una persona' }));
  await expect(page.getByLabel('Codice fiscale', { exact: true })).toBeFocused();
  await count.type(person.codice_fiscale);
  await count.enter();
  await expect(page.locator('main')).toContainText('5 maggio 1960');
  await expect(page.getByLabel('Cognome', { exact: true })).toBeFocused();
  await count.type(person.last_name);
  await count.tab();
  await count.type(person.first_name);
  await count.choose(page.getByLabel('Titolo di studio'), 'Diploma di scuola superiore');
  await count.choose(page.getByLabel('Occupazione'), 'Persona ritirata dal lavoro o pensionata');
  await count.change(page.locator('label[for=need-spid]'));
  await count.change(page.getByText("Ho dato l'informativa sui suoi dati"));
  await count.follow(page.getByRole('button', { name: 'Salva' }));

  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Tessera di ${person.first_name}`);
  await expect(page.locator('.access-card')).toContainText('PIN');
  await expect(page.locator('main')).toContainText('SPID: la tua identità digitale');
  const { clicks, pages } = count.tell('register, card, assign, record');
  expect(clicks).toBeLessThanOrEqual(10);
  expect(pages).toBeLessThanOrEqual(3);
  await follow(page.getByRole('link', { name: 'Vedi il servizio di oggi' }));
  await expect(page.locator('main')).toContainText('SPID e CIE');
  await page.goto('/punto');
  await expect(page.locator('main')).toContainText(person.last_name);
  // Nothing of the record stops the service on its way.
  await follow(page.getByRole('link', { name: `${person.last_name} ${person.first_name}` }).first());
  await expect(page.locator('main')).not.toContainText('Nella scheda manca');
});

test('a service for a known person takes 3 clicks', async ({ page, request, site }) => {
  const person = somebody();
  await registered(request, site, person);
  const count = await atTheDesk(page, site);
  await count.type(person.last_name);
  await count.enter();
  await count.follow(page.locator('main').getByRole('link', { name: 'Registra un servizio' }));
  await count.change(page.locator('label[for=need-payments]'));
  await count.follow(page.getByRole('button', { name: 'Registra il servizio' }));
  await expect(page.locator('main')).toContainText('Il servizio è registrato');
  await expect(page.locator('main')).toContainText(person.last_name);
  expect(count.tell('a service for somebody known').clicks).toBeLessThanOrEqual(3);
});

test('the Enter key in the form of a service looks for whoever was written, and saves otherwise', async ({ page, request, site }) => {
  const [known, other] = [somebody(), somebody()];
  await registered(request, site, known);
  await registered(request, site, other);
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/punto/servizi/gruppo');
  const shown = page.locator('fieldset#citizens label[for^=persona-]');
  // What the key presses is the first button, which nobody sees, and not "Cerca" or "Aggiungi".
  for (const person of [known, other]) {
    await page.getByLabel('Cerca una persona').fill(person.last_name);
    await page.keyboard.press('Enter');
    await expect(shown.filter({ hasText: person.last_name })).not.toHaveCount(0);
  }
  const sent = page.waitForRequest((one) => one.method() === 'POST');
  await change(page.locator('label[for=need-payments]'));
  await page.getByLabel('Durata in minuti').press('Enter');
  expect(new URLSearchParams((await sent).postData()).get('act')).toBe('enter');
  await expect(page.locator('main')).toContainText('Il servizio è registrato');
});

test('a service for a group of 8 takes 5 clicks, and one of 30 with attendance fewer than 45 acts', async ({ page, request, site }) => {
  test.slow();
  await group(request, site, 'A otto', 8);
  await group(request, site, 'A trenta', 30);
  let count = await atTheDesk(page, site);
  await count.follow(page.getByRole('link', { name: /Registra un servizio.*A otto/ }));
  await count.change(page.locator('label[for=need-safety]'));
  await count.follow(page.getByRole('button', { name: 'Registra il servizio' }));
  await expect(page.locator('main')).toContainText('Il servizio è registrato');
  await expect(page.getByRole('link', { name: /^\S+ Inventata Prova/ })).toHaveCount(8);
  expect(count.tell('a group of 8').clicks).toBeLessThanOrEqual(5);

  await page.goto('/punto');
  count = new Count(page);
  await count.follow(page.getByRole('link', { name: /Registra un servizio.*A trenta/ }));
  const there = page.locator('fieldset#citizens label[for^=persona-]');
  await expect(there).toHaveCount(30);
  for (const absent of [2, 7, 11, 19, 28]) await count.change(there.nth(absent));
  await count.change(page.locator('label[for=need-safety]'));
  await count.follow(page.getByRole('button', { name: 'Registra il servizio' }));
  await expect(page.locator('main')).toContainText('Il servizio è registrato');
  await expect(page.getByRole('link', { name: /^\S+ Inventata Prova/ })).toHaveCount(25);
  expect(count.tell('a group of 30 with five absent').acts).toBeLessThan(45);
});
