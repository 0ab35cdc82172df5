import { leave, question } from '../actors.js';
import { questions } from '../answers.js';
import { expect, test } from '../server.js';

const quiz = questions('spid/90-quiz.md');

/** Presses Tab until the focus is on `target`; everything on the way shows where it is. */
async function tabTo(page, target, key = 'Tab') {
  const wanted = await target.elementHandle();
  for (let pressed = 0; pressed < 80; pressed++) {
    const state = await page.evaluate((wanted) => {
      const here = document.activeElement;
      if (here === wanted) return 'there';
      const sameGroup = here.type === 'radio' && here.name === wanted.name;
      return sameGroup ? 'group' : 'elsewhere';
    }, wanted);
    if (state === 'there') return;
    // Inside a group of radio buttons the arrows move, as in every browser.
    await page.keyboard.press(state === 'group' ? 'ArrowDown' : key);
  }
  throw new Error(`80 presses of ${key} do not reach ${target}`);
}

async function press(page, target, key = 'Enter') {
  await tabTo(page, target);
  const outline = await target.evaluate((element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  });
  expect(outline, `focus is not visible on ${target}`).toBe(true);
  const covered = await target.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    return !seen || !(element.contains(seen) || seen.contains(element));
  });
  expect(covered, `${target} is covered while it has the focus`).toBe(false);
  // Enter is for buttons and links, which lead on.
  if (key === 'Enter') await leave(page, () => page.keyboard.press(key));
  else await page.keyboard.press(key);
}

async function choose(page, select, label) {
  await tabTo(page, select);
  const labels = await select.locator('option').allTextContents();
  for (let at = labels.map((text) => text.trim()).indexOf(label); at > 0; at--) {
    await page.keyboard.press('ArrowDown');
  }
  expect(await select.evaluate((element) => element.selectedOptions[0].text.trim())).toBe(label);
}

async function answerByKeyboard(page, form, { kind, right }) {
  switch (kind) {
    case 'one':
      await tabTo(page, form.getByRole('radio').first());
      await page.keyboard.press('Space');
      await tabTo(page, form.getByLabel(right[0], { exact: true }));
      break;
    case 'many': {
      // In the order of the page, which is the order of the Tab key.
      for (const box of await form.getByRole('checkbox').all()) {
        const label = await box.evaluate((element) => element.labels[0].textContent.trim());
        if (right.includes(label)) await press(page, box, 'Space');
      }
      break;
    }
    case 'order':
      for (const select of await form.getByRole('combobox').all()) {
        const label = await select.evaluate((element) => element.labels[0].textContent.trim());
        const place = right.indexOf(label) + 1;
        await choose(page, select, `${place}º posto`);
      }
      break;
    case 'match':
      for (const select of await form.getByRole('combobox').all()) {
        const label = await select.evaluate((element) => element.labels[0].textContent.trim());
        await choose(page, select, right[label]);
      }
      break;
    default:
      await tabTo(page, form.getByRole('textbox'));
      await page.keyboard.type(right);
  }
}

test('a module is found, read and completed with the keyboard alone', async ({ page }) => {
  test.setTimeout(180_000);
  const link = (name) => page.getByRole('link', { name, exact: true });
  const button = (name) => page.getByRole('button', { name, exact: true });
  const heading = page.getByRole('heading', { level: 1 });

  await page.goto('/');
  // The first thing that Tab reaches leads past the header.
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveAttribute('href', '#contenuto');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('searchbox', { name: 'Che cosa vuoi imparare a fare?' }));
  await page.keyboard.type('identità digitale');
  await leave(page, () => page.keyboard.press('Enter'));
  await expect(heading).toHaveText('Cerca nelle lezioni');
  await press(page, page.getByRole('main').getByRole('link', { name: /^SPID: la tua identità digitale/ }).first());
  await expect(heading).toContainText('SPID: la tua identità digitale');
  await press(page, link('Comincia la prima lezione'));
  await press(page, button('Ho letto: avanti'));
  await expect(page.getByRole('main')).toContainText('Lezione 2 di');
  await press(page, page.getByRole('navigation', { name: 'Percorso di navigazione' }).getByRole('link', { name: /SPID/ }));
  await press(page, link('Vai al quiz'));

  await press(page, button('Comincia il quiz'));
  for (let left = quiz.length; left > 0; left--) {
    const { form, id } = await question(page);
    await answerByKeyboard(page, form, quiz.find((answer) => answer.id === id));
    await press(page, form.getByRole('button', { name: 'Rispondi' }));
    await expect(page.locator('.verdict')).toContainText('Giusto!');
    if (left > 1) await press(page, page.getByRole('link', { name: 'Prossima domanda' }));
  }
  await press(page, button('Chiudi il quiz e vedi il risultato'));
  await expect(page.locator('.score')).toContainText('100%');
});
