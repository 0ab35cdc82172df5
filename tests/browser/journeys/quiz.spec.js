// What a quiz tells: how each question was answered, where to read again, what to go over.
import { answerQuiz, beginQuiz, check, closeQuiz, fillIn, follow, question } from '../actors.js';
import { questions } from '../answers.js';
import { isAccessible } from '../inspect.js';
import { expect, test } from '../server.js';

const [quiz, other] = ['spid', 'prenotare-salute'].map((module) => questions(`${module}/90-quiz.md`));
const known = (id) => [...quiz, ...other].find((answer) => answer.id === id);

/** Chooses what is not right: a wrong option, or the rows as they are shown. */
async function fillInWrong(form, answer) {
  if (answer.kind === 'one' || answer.kind === 'many') {
    const right = await form.getByLabel(answer.right[0], { exact: true }).getAttribute('id');
    await form.locator(`.options input:not(#${right})`).first().check();
  } else if (answer.kind === 'order') {
    const rows = await form.locator('select').all();
    for (const [place, row] of rows.entries()) await row.selectOption({ index: place + 1 });
  } else {
    await fillIn(form, { ...answer, right: '987' });
  }
}

test('a wrong answer is told by its number and its words, and leads to its lesson', async ({ page }) => {
  await beginQuiz(page, 'spid');
  const { form, id } = await question(page);
  const steps = page.getByRole('navigation', { name: 'Le domande del quiz' });
  await expect(steps.getByRole('link')).toHaveCount(10);
  await expect(steps.getByRole('link', { name: 'Domanda 1 (senza risposta)' })).toBeVisible();
  await fillInWrong(form, known(id));
  await follow(form.getByRole('button', { name: 'Rispondi' }));
  const first = steps.getByRole('link', { name: 'Domanda 1 (sbagliata)' });
  await expect(first).toBeVisible();
  // Not by colour alone: a mark of its own.
  const mark = () => first.evaluate((link) => getComputedStyle(link, '::after').content);
  expect(await mark()).toContain('✗');
  await isAccessible(page, 'a wrong answer');
  const quizPage = page.url();
  await follow(page.locator('.reread').getByRole('link'));
  await expect(page.locator('.lesson-place')).toContainText(/Lezione \d+ di/);
  await page.goto(quizPage);
  await follow(page.getByRole('link', { name: 'Prossima domanda' }));
  const second = await question(page);
  await fillIn(second.form, known(second.id));
  await follow(second.form.getByRole('button', { name: 'Rispondi' }));
  await expect(steps.getByRole('link', { name: 'Domanda 2 (giusta)' })).toBeVisible();
  await expect(page.locator('.reread')).toHaveCount(0);
});

test('after the quiz each wrong answer is explained, and can be gone over as practice', async ({ page }) => {
  await beginQuiz(page, 'spid');
  const wrong = new Set();
  const fill = async (form, answer) => {
    const mistaken = ['one', 'order'].includes(answer.kind);
    if (mistaken) wrong.add(answer.id);
    await (mistaken ? fillInWrong : fillIn)(form, answer);
  };
  const verdict = ({ kind }) => (['one', 'order'].includes(kind) ? 'Non è giusto' : 'Giusto!');
  await answerQuiz(page, quiz, fill, verdict);
  // No page more: from the last answer to the result.
  await closeQuiz(page);
  const score = await page.locator('.score strong').textContent();
  const lines = page.locator('.answer-list > .outcome-wrong');
  await expect(lines).toHaveCount(wrong.size);
  for (const line of await lines.all()) {
    await expect(line).toContainText('La tua risposta');
    await expect(line).toContainText('Spiegazione');
    await expect(line.locator('.reread').getByRole('link')).toHaveAttribute('href', /^\/moduli\/spid\//);
  }
  await expect(page.locator('.answer-list > .outcome-right').first()).not.toContainText('Spiegazione');
  await isAccessible(page, 'a result with wrong answers');
  const result = page.url();

  await follow(page.getByRole('link', { name: 'Ripassa quelle sbagliate' }).first());
  const gone = new Set();
  for (let at = 1; at <= wrong.size; at++) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Domanda ${at} di ${wrong.size} da ripassare`);
    const { form, id } = await question(page);
    gone.add(id);
    await expect(page.locator('main')).not.toContainText('Spiegazione');
    await fillIn(form, known(id));
    await check(form);
    await expect(page.locator('.verdict')).toContainText('Giusto!');
    if (at < wrong.size) await follow(page.getByRole('link', { name: 'Prossima da ripassare' }));
  }
  expect(gone).toEqual(wrong);
  await follow(page.getByRole('link', { name: 'Torna al risultato' }));
  expect(page.url()).toBe(result);
  await expect(page.locator('.score strong')).toHaveText(score);
});

test('two rows with the same place are named, and what is missing has the focus', async ({ page }) => {
  await beginQuiz(page, 'prenotare-salute');
  const nothing = await question(page);
  await follow(nothing.form.getByRole('button', { name: 'Rispondi' }));
  await expect(page).toHaveTitle(/^Da correggere - Domanda 1 di 10/);
  await expect(page.locator('form.question input[type=radio]').first()).toBeFocused();

  for (;;) {
    const { id } = await question(page);
    if (known(id).kind === 'order') break;
    await follow(page.getByRole('link', { name: 'Salta questa domanda per ora' }));
  }
  const { form } = await question(page);
  const rows = form.locator('.row-pair');
  const last = (await rows.count()) - 1;
  for (let row = 0; row <= last; row++) await rows.nth(row).locator('select').selectOption({ index: row + 1 });
  await rows.nth(last).locator('select').selectOption({ index: 1 });
  const names = await rows.locator('label').allTextContents();
  await follow(form.getByRole('button', { name: 'Rispondi' }));
  await expect(page).toHaveTitle(/^Da correggere/);
  await expect(form).toContainText('Due righe hanno lo stesso posto');
  await expect(rows.nth(0)).toContainText(`Il 1º posto è anche di «${names[last]}».`);
  await expect(rows.nth(last)).toContainText(`Il 1º posto è anche di «${names[0]}».`);
  await expect(rows.nth(1)).not.toContainText('posto è anche');
  await expect(rows.nth(0).locator('select')).toBeFocused();
  await isAccessible(page, 'an order with two equal places');
});
