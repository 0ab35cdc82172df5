// What a person does on a page, by the words the person sees.
import { expect } from './server.js';

/** Presses a button or a link, and waits for the page that it leads to. */
export async function follow(target) {
  const arrived = target.page().waitForEvent('load');
  await target.click();
  await arrived;
}

/** The form of the one question on a page of the quiz, and the question's id. */
export async function question(page) {
  const form = page.locator('form.question');
  await expect(form).toHaveCount(1);
  return { form, id: await form.locator('input[name=domanda]').inputValue() };
}

/** Fills a question's form in; `given` has the shape of `right` in answers.js. */
export async function fillIn(form, { kind, right }) {
  switch (kind) {
    case 'one':
    case 'many':
      for (const label of right) await form.getByLabel(label, { exact: true }).check();
      break;
    case 'order':
      for (const [place, label] of right.entries()) {
        await form.getByLabel(label, { exact: true }).selectOption({ index: place + 1 });
      }
      break;
    case 'match':
      for (const [left, label] of Object.entries(right)) {
        await form.getByLabel(left, { exact: true }).selectOption({ label });
      }
      break;
    default:
      await form.getByRole('textbox').fill(right);
  }
}

/** Presses the button of a practice question: answered in place, or on a page where there are no scripts. */
export async function check(form) {
  const asked = form.page().waitForResponse((answer) => answer.url().endsWith('/risposte'));
  await form.getByRole('button', { name: 'Controlla la risposta' }).click();
  await asked;
  await expect(form.page().locator('.verdict, .field-error')).toHaveCount(1);
}

/** Opens a module's quiz and begins it. */
export async function beginQuiz(page, module) {
  await page.goto(`/moduli/${module}`);
  await follow(page.getByRole('link', { name: 'Vai al quiz' }));
  await follow(page.getByRole('button', { name: 'Comincia il quiz' }));
}

/** Answers every question of the quiz that is open: right, unless `fill` does otherwise. */
export async function answerQuiz(page, answers, fill = fillIn, verdict = () => 'Giusto!') {
  for (let left = answers.length; left > 0; left--) {
    const { form, id } = await question(page);
    const answer = answers.find((answer) => answer.id === id);
    await fill(form, answer);
    await follow(form.getByRole('button', { name: 'Rispondi' }));
    await expect(page.locator('.verdict'), answer.title).toContainText(verdict(answer));
    const on = left > 1 ? 'Prossima domanda' : 'Vai alla fine del quiz';
    await follow(page.getByRole('link', { name: on }));
  }
}

/** Closes a quiz with every question answered. */
export async function closeQuiz(page) {
  await expect(page.locator('main')).toContainText('Hai risposto a tutte le domande');
  await follow(page.getByRole('button', { name: 'Chiudi il quiz' }));
}

/** Marks the lessons of a module as read, one after the other, as far as the quiz. */
export async function readEveryLesson(page, module) {
  await page.goto(`/moduli/${module}`);
  await follow(page.getByRole('link', { name: 'Comincia la prima lezione' }));
  const place = page.locator('.lesson-place');
  for (;;) {
    const [, number, last] = /Lezione (\d+) di (\d+)/.exec(await place.textContent());
    if (number === last) break;
    await follow(page.getByRole('button', { name: 'Ho letto: avanti' }));
    await expect(place).toContainText(`Lezione ${Number(number) + 1} di ${last}`);
  }
  await follow(page.getByRole('button', { name: 'Ho letto: vai al quiz' }));
}

export async function enterWithCard(page, { card, pin }) {
  await page.goto('/accedi');
  await follow(page.getByRole('link', { name: 'Entra con la tessera' }));
  await page.getByLabel('Codice della tessera').fill(card);
  await page.getByLabel('PIN').fill(pin);
  await follow(page.getByRole('button', { name: 'Entra', exact: true }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Il mio percorso');
}

export async function enterWithPassword(page, { email, password }) {
  await page.goto('/accedi');
  await page.getByLabel('Indirizzo e-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await follow(page.locator('main').getByRole('button', { name: 'Accedi' }));
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Accedi');
}
