import { answerQuiz, beginQuiz, check, closeQuiz, fillIn, follow, question } from '../actors.js';
import { questions } from '../answers.js';
import { expect, test } from '../server.js';

const [practice] = questions('spid/01-che-cose-spid.md');
const quiz = questions('spid/90-quiz.md');

async function openFirstLesson(page) {
  await page.goto('/moduli/spid');
  await follow(page.getByRole('link', { name: 'Comincia la prima lezione' }));
  await expect(page.locator('main')).toContainText('Lezione 1 di');
}

test('a guest finds a lesson by searching, practises, and marks it as read', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Che cosa vuoi imparare a fare?').fill("che cos'è l'identità digitale");
  await follow(page.locator('main').getByRole('button', { name: 'Cerca' }));
  await follow(page.locator('.hits').getByRole('link', { name: /SPID/ }).first());
  await expect(page).toHaveURL(/\/moduli\/spid/);

  await openFirstLesson(page);
  await expect(page.locator('.verdict')).toHaveCount(0);
  const form = page.locator(`form.question#${practice.id}`);
  await fillIn(form, practice);
  await check(form);
  await expect(page.locator('.verdict')).toContainText('Giusto!');
  // With scripts it was answered in the lesson.
  const back = page.getByRole('link', { name: 'Torna alla lezione' });
  if (await back.count()) await follow(back);

  await follow(page.getByRole('button', { name: 'Ho letto: avanti' }));
  await expect(page.locator('main')).toContainText('Lezione 2 di');
  await page.goto('/mio-percorso');
  await expect(page.locator('main')).toContainText('Lezioni lette: 1 su');
});

test('a wrong answer to a practice question is called wrong, and can be mended', async ({ page }) => {
  await openFirstLesson(page);
  const form = page.locator(`form.question#${practice.id}`);
  const right = await form.getByLabel(practice.right[0], { exact: true }).getAttribute('id');
  await form.locator(`input[type=radio]:not(#${right})`).first().check();
  await check(form);
  await expect(page.locator('.verdict')).toContainText('Non è giusto');
  await fillIn(form, practice);
  await check(form);
  await expect(page.locator('.verdict')).toContainText('Giusto!');
});

test('a guest passes the quiz and is told what is needed for it to count', async ({ page }) => {
  await beginQuiz(page, 'spid');
  await answerQuiz(page, quiz);
  await closeQuiz(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText("ce l'hai fatta");
  await expect(page.locator('.score')).toContainText('100%');
  await expect(page.locator('main')).toContainText('serve la tessera');
  await page.goto('/mio-percorso');
  await expect(page.getByRole('heading', { name: 'Completati' })).toBeVisible();
});

test('a guest who does not pass is told so gently, and begins again', async ({ page }) => {
  await beginQuiz(page, 'spid');
  // Only the two questions that are written are answered right: two points of fourteen.
  const written = (kind) => kind === 'number' || kind === 'text';
  await answerQuiz(page, quiz, async (form, { kind, right }) => {
    if (written(kind)) return fillIn(form, { kind, right });
    if (kind === 'order') return fillIn(form, { kind, right: [...right].reverse() });
    if (kind === 'match') {
      const [[left, its], [other, others], ...rest] = Object.entries(right);
      return fillIn(form, { kind, right: Object.fromEntries([[left, others], [other, its], ...rest]) });
    }
    const id = await form.getByLabel(right[0], { exact: true }).getAttribute('id');
    return form.locator(`.options input:not(#${id})`).first().check();
  }, ({ kind }) => (written(kind) ? 'Giusto!' : 'Non è giusto'));
  await closeQuiz(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Per questa volta no');
  await follow(page.getByRole('button', { name: 'Rifai il quiz' }));
  await question(page);
});

test('an unfinished quiz is resumed, and closing it early is asked about first', async ({ page }) => {
  await beginQuiz(page, 'spid');
  const first = await question(page);
  await fillIn(first.form, quiz.find(({ id }) => id === first.id));
  await follow(first.form.getByRole('button', { name: 'Rispondi' }));
  await expect(page.locator('.verdict')).toContainText('Giusto!');

  await page.goto('/moduli/spid/quiz');
  await follow(page.getByRole('link', { name: /Riprendi il quiz \(1 / }));
  const second = await question(page);
  expect(second.id).not.toBe(first.id);
  await follow(page.getByRole('link', { name: 'Salta questa domanda per ora' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Domanda 3 di 10');
  await follow(page.getByRole('link', { name: 'Vai alla fine del quiz' }));
  await expect(page.locator('main')).toContainText('Ci sono ancora 9 domande senza risposta');
  await follow(page.getByRole('link', { name: 'Rispondi alle domande che mancano' }));
  expect((await question(page)).id).toBe(second.id);
});

test('an empty answer is asked for again, and nothing is graded', async ({ page }) => {
  await beginQuiz(page, 'spid');
  const { form, id } = await question(page);
  await follow(form.getByRole('button', { name: 'Rispondi' }));
  await expect(page.locator('.field-error')).toContainText(/Scegli o scrivi|Manca qualcosa/);
  await expect(page.locator('.verdict')).toHaveCount(0);
  expect((await question(page)).id).toBe(id);
});

test('a page that is not there says so, and offers a way on', async ({ page }) => {
  const answer = await page.goto('/moduli/non-esiste');
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pagina non trovata');
  await follow(page.locator('main').getByRole('link', { name: "Torna all'inizio" }));
  await expect(page).toHaveURL(/\/$/);
});
