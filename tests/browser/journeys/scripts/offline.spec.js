import { answerQuiz, beginQuiz, change, closeQuiz, enterWithCard, fillIn, follow, question } from '../../actors.js';
import { questions } from '../../answers.js';
import { isAccessible } from '../../inspect.js';
import { citizenWithCard } from '../../people.js';
import { expect, test } from '../../server.js';
import { oneMore, totals } from '../../totals.js';

const module = 'pagamenti-online';
const quiz = questions(`${module}/90-quiz.md`);
const notice = (page) => page.locator('#rete');

/** Opens a page, and waits until the service worker serves this browser. */
async function open(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
}

async function keepCourse(page) {
  await open(page, `/moduli/${module}`);
  await change(page.getByRole('button', { name: 'Tieni questo corso anche senza rete' }));
  await expect(page.getByText('Hai questo corso anche senza rete.')).toBeVisible();
}

/** What is kept in the browser: the addresses of every copy. */
const copies = (page) =>
  page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  });

test('lessons read and an answer given without a network count once when it is back', async ({ page, context, request, site }) => {
  const card = await citizenWithCard(request, site);
  await enterWithCard(page, card);
  const before = await totals(page);
  await keepCourse(page);

  await context.setOffline(true);
  await page.goto(`/moduli/${module}`);
  await follow(page.getByRole('link', { name: 'Comincia la prima lezione' }));
  const place = page.locator('.lesson-place');
  for (;;) {
    const [, number, last] = /Lezione (\d+) di (\d+)/.exec(await place.textContent());
    if (number === last) break;
    await change(page.getByRole('button', { name: 'Ho letto: avanti' }));
    await expect(place).toContainText(`Lezione ${Number(number) + 1} di ${last}`);
    await expect(notice(page)).toContainText('Partirà da solo');
  }
  await change(page.getByRole('button', { name: 'Ho letto: vai al quiz' }));
  await expect(notice(page)).toContainText('Partirà da solo');

  await context.setOffline(false);
  await expect(notice(page)).toContainText('è partito');
  await page.goto('/mio-percorso');
  await expect(page.locator('main')).toContainText(/Lezioni lette: (\d+) su \1/);

  await beginQuiz(page, module);
  const { form, id } = await question(page);
  const address = page.url();
  await context.setOffline(true);
  await change(form.getByRole('button', { name: 'Rispondi' }));
  await expect(notice(page)).toContainText(/Scegli o scrivi|Manca qualcosa/);
  await fillIn(form, quiz.find((answer) => answer.id === id));
  const data = await form.evaluate((form) => new URLSearchParams(new FormData(form)).toString());
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await change(form.getByRole('button', { name: 'Rispondi' }));
  await expect(notice(page)).toHaveText('Non sei in rete. La risposta è salvata qui e partirà da sola.');

  await context.setOffline(false);
  await expect(notice(page)).toContainText('è partito');
  await follow(notice(page).getByRole('link', { name: 'Guarda il risultato' }));
  await expect(page.locator('.verdict')).toContainText('Giusto!');

  // The same once more, as when the network lost the reply.
  const again = await page.request.post(address, { headers, data });
  expect(again.status()).toBe(200);

  await follow(page.getByRole('link', { name: 'Prossima domanda' }));
  await answerQuiz(page, quiz.filter((answer) => answer.id !== id));
  await closeQuiz(page);
  await expect(page.locator('.score')).toContainText('100%');
  expect(await totals(page)).toEqual(oneMore(before));
});

test('what waited is never sent in the name of who enters next', async ({ page, context, request, site }) => {
  const { card, pin } = await citizenWithCard(request, site);
  await keepCourse(page);
  await follow(page.getByRole('link', { name: 'Comincia la prima lezione' }));
  // A guest with a session.
  await follow(page.getByRole('button', { name: 'Ho letto: avanti' }));
  await context.setOffline(true);
  await change(page.getByRole('button', { name: 'Ho letto: avanti' }));
  await expect(page.locator('.lesson-place')).toContainText('Lezione 3 di');
  await expect(notice(page)).toContainText('Partirà da solo');

  // Somebody else enters in this browser, and says that it was not them.
  const send = (path, form) => context.request.post(site.address + path, { form });
  await send('/tessera', { tessera: card, pin });
  await send('/accedi/sei-tu', { risposta: 'no' });
  await context.setOffline(false);
  await expect(notice(page)).toContainText('Non è tuo, quindi non è partito.');
  await page.goto('/mio-percorso');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Il mio percorso');
  await expect(page.locator('main')).not.toContainText('Lezioni lette');
  await expect(notice(page)).toBeEmpty();
});

test('a network that is there but does nothing is like none', async ({ page, context }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { value: true }));
  await keepCourse(page);
  await follow(page.getByRole('link', { name: 'Comincia la prima lezione' }));
  await context.setOffline(true);
  await follow(page.getByRole('button', { name: 'Ho letto: avanti' }));
  await expect(page.locator('.lesson-place')).toContainText('Lezione 2 di');
  await expect(notice(page)).toContainText('Partirà da solo');

  await context.setOffline(false);
  await expect(notice(page)).toContainText('è partito');
  await page.goto('/mio-percorso');
  await expect(page.locator('main')).toContainText('Lezioni lette: 1 su');
});

test('a page that is not kept says so, and lists what is', async ({ page, context }) => {
  await open(page, '/moduli/spid/che-cose-spid');
  await expect.poll(() => copies(page)).toContain('/moduli/spid/che-cose-spid');
  await context.setOffline(true);
  await page.goto('/mio-percorso');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Leggere senza rete');
  await expect(page.getByText('La pagina che cerchi non è salvata qui.')).toBeVisible();
  await expect(page.getByText('Qui non c\'è ancora niente')).toBeHidden();
  await expect(page.locator('.kept-pages')).toContainText('SPID: la tua identità digitale');
  await isAccessible(page, 'offline');
  await follow(page.getByRole('link', { name: "Che cos'è SPID" }));
  await expect(page.locator('.lesson-place')).toContainText('Lezione 1 di');
  // With its styles and its questions.
  await expect(page.locator('form.question').first()).toBeVisible();
  const family = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
  expect(family).toContain('Titillium');
  await expect(notice(page)).toContainText('Non sei in rete');

  await context.setOffline(false);
  await expect(notice(page)).toBeEmpty();
});

test('a server that does not answer is not waited for', async ({ page, site }) => {
  await open(page, '/moduli/spid/che-cose-spid');
  await expect.poll(() => copies(page)).toContain('/moduli/spid/che-cose-spid');
  site.freeze();
  try {
    const began = Date.now();
    await page.goto('/moduli/spid/che-cose-spid');
    await expect(page.locator('.lesson-place')).toBeVisible();
    expect(Date.now() - began).toBeGreaterThan(2_500);
  } finally {
    site.thaw();
  }
});

test('nothing personal is ever kept, and nothing at all after signing out', async ({ page, request, site }) => {
  await enterWithCard(page, await citizenWithCard(request, site));
  await keepCourse(page);
  await beginQuiz(page, module);
  await page.goto('/punto');
  await page.goto('/mio-percorso');
  await expect.poll(() => copies(page)).toContain(`/moduli/${module}`);
  for (const path of await copies(page)) {
    expect(path).toMatch(/^\/(assets\/|offline$|$|moduli\/[^/]+(\/(?!quiz)[^/]+|\/immagini\/[^/]+)?$)/);
  }
  await follow(page.getByRole('button', { name: 'Esci' }));
  await expect.poll(async () => (await copies(page)).filter((path) => path.startsWith('/moduli/'))).toEqual([]);
});

test('a practice answer given offline stays in its place, also when the page is loaded anew', async ({ page, context }) => {
  const [practice] = questions('spid/01-che-cose-spid.md');
  const lesson = '/moduli/spid/che-cose-spid';
  await open(page, lesson);
  await expect.poll(() => copies(page)).toContain(lesson);
  const form = page.locator(`form.question#${practice.id}`);
  await fillIn(form, practice);
  await expect.poll(() => copies(page)).toContain('/assets/js/practice.js');
  await context.setOffline(true);
  const pressed = async () => {
    await expect(form.getByRole('alert')).toHaveText('Non sei in rete. La tua risposta resta qui. Parte da sola quando torna la rete.');
    await expect(form.getByLabel(practice.right[0], { exact: true })).toBeChecked();
    expect(new URL(page.url()).pathname).toBe(lesson);
  };
  await change(form.getByRole('button', { name: 'Controlla la risposta' }));
  await pressed();
  await isAccessible(page, 'practice that waits');
  await page.reload();
  await pressed();
  await context.setOffline(false);
  await expect(page.locator('.verdict')).toContainText('Giusto!');
  expect(new URL(page.url()).pathname).toBe(lesson);
  // Nothing of it is left to be sent again.
  await page.reload();
  await expect(form).toBeVisible();
  await expect(page.locator('.verdict, .field-error')).toHaveCount(0);
});

test('a course that is kept has its exercises, which wait for the network', async ({ page, context }) => {
  const [practice] = questions(`${module}/01-che-cose-pagopa.md`);
  await keepCourse(page);
  await context.setOffline(true);
  await follow(page.getByRole('link', { name: 'Comincia la prima lezione' }));
  const form = page.locator(`form.question#${practice.id}`);
  await fillIn(form, practice);
  await change(form.getByRole('button', { name: 'Controlla la risposta' }));
  await expect(form.getByRole('alert')).toContainText('La tua risposta resta qui.');
  await page.reload();
  await expect(form.getByRole('alert')).toContainText('La tua risposta resta qui.');
  await context.setOffline(false);
  await expect(page.locator('.verdict')).toContainText('Giusto!');
});

test('whoever leaves without a network leaves no copies, and is told that they are still in', async ({ page, context, request, site }) => {
  await enterWithCard(page, await citizenWithCard(request, site));
  await open(page, '/moduli/spid/che-cose-spid');
  await expect.poll(() => copies(page)).toContain('/moduli/spid/che-cose-spid');
  await context.setOffline(true);
  await change(page.getByRole('banner').getByRole('button', { name: 'Esci' }));
  await expect.poll(async () => (await copies(page)).filter((path) => path.startsWith('/moduli/'))).toEqual([]);
  await expect(page.getByRole('banner').getByRole('alert')).toContainText('Per questo serve la rete.');
});

for (const dead of [false, true]) {
  test(`what needs a network says so in its place, ${dead ? 'with one that does nothing' : 'offline'}`, async ({ page, context }) => {
    if (dead) await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { value: true }));
    await open(page, '/moduli/spid/quiz');
    await context.setOffline(true);
    await change(page.getByRole('button', { name: 'Comincia il quiz' }));
    await expect(page.locator('main').getByRole('alert')).toContainText('Per questo serve la rete.');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Quiz');
    await context.setOffline(false);
    await follow(page.getByRole('button', { name: 'Comincia il quiz' }));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Domanda 1 di 10');

    // An answer to the quiz waits: its number says so, and the reader stays.
    const { form, id } = await question(page);
    await fillIn(form, questions('spid/90-quiz.md').find((answer) => answer.id === id));
    await context.setOffline(true);
    const address = page.url();
    await change(form.getByRole('button', { name: 'Rispondi' }));
    await expect(notice(page)).toContainText('La risposta è salvata qui');
    expect(page.url()).toBe(address);
    const number = page.getByRole('link', { name: 'Domanda 1 (la risposta parte quando torna la rete)' });
    await expect(number).toBeVisible();
    await context.setOffline(false);
    await expect(notice(page)).toContainText('è partito');
  });
}
