import { answerQuiz, beginQuiz, closeQuiz, enterWithCard, follow, readEveryLesson, showCard } from '../actors.js';
import { questions } from '../answers.js';
import { citizenWithCard } from '../people.js';
import { expect, test } from '../server.js';
import { oneMore, totals } from '../totals.js';

const quiz = questions('pagamenti-online/90-quiz.md');

/** Learns the module about payments from its first lesson to the result of its quiz. */
async function complete(page) {
  await readEveryLesson(page, 'pagamenti-online');
  await follow(page.getByRole('button', { name: /^(Comincia|Rifai) il quiz$/ }));
  await answerQuiz(page, quiz);
  await closeQuiz(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText("ce l'hai fatta");
}

test("a citizen completes a module and the network's total moves by one, once", async ({ page, request, site }) => {
  const card = await citizenWithCard(request, site);
  const before = await totals(page);
  await enterWithCard(page, card);
  await complete(page);
  await expect(page.locator('main')).toContainText('Abbiamo segnato che hai finito questo corso');
  const after = await totals(page);
  expect(after).toEqual(oneMore(before));

  await complete(page);
  expect(await totals(page)).toEqual(after);
});

test('what a guest learned counts for who enters with a card and says that it was them', async ({ page, request, site }) => {
  const card = await citizenWithCard(request, site);
  const before = await totals(page);
  await complete(page);
  expect(await totals(page)).toEqual(before);
  await showCard(page, card);
  await expect(page.locator('main')).toContainText('qualcuno ha finito «Pagare online');
  // Not answered, and looked at again.
  expect(await totals(page)).toEqual(before);
  await page.goto('/mio-percorso');
  await follow(page.getByRole('button', { name: 'Sì, sono io' }));
  await expect(page.getByRole('heading', { name: 'Completati' })).toBeVisible();
  expect(await totals(page)).toEqual(oneMore(before));
});

test('after signing out the learning is gone from the browser and safe at home', async ({ page, request, site }) => {
  const card = await citizenWithCard(request, site);
  const underWay = page.getByRole('heading', { name: 'Stai imparando' });
  await enterWithCard(page, card);
  await beginQuiz(page, 'spid');
  await page.goto('/mio-percorso');
  await expect(underWay).toBeVisible();
  const kept = await page.context().cookies();
  await follow(page.getByRole('button', { name: 'Esci' }));
  await page.goto('/mio-percorso');
  await expect(underWay).toHaveCount(0);

  // The cookie that somebody kept opens nothing any more.
  await page.context().addCookies(kept);
  await page.goto('/mio-percorso');
  await expect(underWay).toHaveCount(0);

  await page.context().clearCookies();
  await enterWithCard(page, card);
  await expect(underWay).toBeVisible();
});

test('a wrong code and a wrong PIN get the same answer', async ({ page, request, site }) => {
  const { card, pin } = await citizenWithCard(request, site);
  const wrongPin = pin === '00000' ? '11111' : '00000';
  const answers = [];
  for (const given of [{ card, pin: wrongPin }, { card: 'ABCD-EFGH-3', pin }]) {
    await page.goto('/tessera');
    await page.getByLabel('Codice della tessera').fill(given.card);
    await page.getByLabel('PIN').fill(given.pin);
    await follow(page.getByRole('button', { name: 'Entra', exact: true }));
    answers.push(await page.locator('main').getByRole('alert').textContent());
  }
  expect(answers[0]).toContain('non corrisponde');
  expect(answers[1]).toBe(answers[0]);
});

test("the demo's citizen enters with the card that the demo printed", async ({ page, site }) => {
  await enterWithCard(page, site.account('citizen'));
  await expect(page.getByRole('button', { name: 'Esci' })).toBeVisible();
});
