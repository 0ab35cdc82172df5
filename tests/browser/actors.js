// What a person does on a page, by the words the person sees.
import { expect } from './server.js';
import { words } from './words.js';

/**
 * Does what leads to another page, and waits until that page is there. Whoever looks sooner may
 * see the page that goes away: every press goes through here, or through `change`.
 */
export async function leave(page, act) {
  // The load of the page that is left must not be taken for that of the next one.
  await page.waitForLoadState('load');
  const arrived = page.waitForEvent('load');
  // Where the act itself fails, nobody waits for the page.
  arrived.catch(() => {});
  await act();
  await arrived;
}

/** Presses a button or a link, and waits for the page that it leads to. */
export async function follow(target) {
  await leave(target.page(), () => target.click());
}

/** Presses what changes the page that is open; what comes of it is for the caller to wait for. */
export async function change(target) {
  await target.click();
}

/** Presses the button or follows the link that is called by a message of the interface. */
export async function press(page, key, within = page) {
  const name = await words(page, key);
  const called = (role) => within.getByRole(role, { name, exact: true });
  await follow(called('button').or(called('link')));
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
  const page = form.page();
  const button = form.getByRole('button', { name: await words(page, 'question-check') });
  if (await page.evaluate(() => matchMedia('(scripting: none)').matches)) {
    await follow(button);
  } else {
    const asked = page.waitForResponse((answer) => /\/risposte$|\/ripasso\/\d+$/.test(answer.url()));
    await change(button);
    await asked;
  }
  await expect(page.locator('.verdict, .field-error')).toHaveCount(1);
}

/** Opens a module's quiz and begins it. */
export async function beginQuiz(page, module) {
  await page.goto(`/moduli/${module}`);
  await press(page, 'module-quiz', page.locator('.lesson-list-quiz'));
  await press(page, 'quiz-start');
}

/** Answers every question of the quiz that is open: right, unless `fill` does otherwise. */
export async function answerQuiz(page, answers, fill = fillIn, verdict = () => words(page, 'grade-right')) {
  for (let left = answers.length; left > 0; left--) {
    const { form, id } = await question(page);
    const answer = answers.find((answer) => answer.id === id);
    await fill(form, answer);
    await press(page, 'quiz-answer', form);
    await expect(page.locator('.verdict'), answer.title).toContainText(await verdict(answer));
    if (left > 1) await press(page, 'quiz-next');
  }
}

/** Closes a quiz with every question answered: from the last answer, without another page. */
export async function closeQuiz(page) {
  await press(page, 'quiz-see-result');
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

/** Enters with a card in a browser where nobody learned before, or where somebody is asked whose it was. */
export async function showCard(page, { card, pin }) {
  await page.goto('/accedi');
  await press(page, 'accedi-card-button');
  await page.getByLabel(await words(page, 'field-card')).fill(card);
  await page.getByLabel(await words(page, 'field-pin')).fill(pin);
  await press(page, 'tessera-button', page.locator('main'));
}

export async function enterWithCard(page, card) {
  await showCard(page, card);
  // That leads to where one left off, which may be a lesson.
  await expect(page).not.toHaveURL(/tessera/);
  await page.goto('/mio-percorso');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(await words(page, 'mine-title'));
}

/** Signs out, which forgets the language that was chosen too: it is chosen again. */
export async function signOut(page) {
  const lang = await page.locator('html').getAttribute('lang');
  await press(page, 'sign-out', page.getByRole('banner'));
  await page.goto(`/?lingua=${lang}`);
}

export async function enterWithPassword(page, { email, password }) {
  await page.goto('/accedi');
  await page.getByLabel(await words(page, 'field-email')).fill(email);
  await page.getByLabel(await words(page, 'field-password')).fill(password);
  await press(page, 'accedi-button', page.locator('main'));
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(await words(page, 'accedi-title'));
}
