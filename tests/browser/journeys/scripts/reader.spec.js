import { change } from '../../actors.js';
import { isAccessible } from '../../inspect.js';
import { reflows } from '../../measure.js';
import { expect, test } from '../../server.js';

const html = (page) => page.locator('html');

test("the reader's choices hold on every page until they are changed", async ({ page }) => {
  await page.goto('/moduli/spid/che-cose-spid');
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('article p')).fontSize));
  const usual = await size();
  await change(page.getByText('Leggi meglio'));
  await isAccessible(page, "the reader's bar");
  await reflows(page, "the reader's bar");
  await page.getByLabel('Molto grande').check();
  await page.getByLabel('Più spazio tra le righe').check();
  await page.getByLabel('Alto contrasto').check();
  expect(await size()).toBeGreaterThan(usual * 1.4);

  await page.goto('/moduli');
  await expect(html(page)).toHaveAttribute('data-text', '4');
  await expect(html(page)).toHaveAttribute('data-spacing', 'wide');
  await expect(html(page)).toHaveAttribute('data-theme', 'contrast');
  // Nothing is cut at the largest text.
  expect(await page.evaluate(() => document.scrollingElement.scrollWidth)).toBeLessThanOrEqual(360);

  await change(page.getByText('Leggi meglio'));
  await expect(page.getByLabel('Molto grande')).toBeChecked();
  await page.getByLabel('Normale').check();
  await page.getByLabel('Più spazio tra le righe').uncheck();
  await page.getByLabel('Come il dispositivo').check();
  await page.reload();
  for (const name of ['text', 'spacing', 'theme']) await expect(html(page)).not.toHaveAttribute(`data-${name}`);
});

test('the choices are there before the page is drawn', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('reader', '{"text":"3"}');
    new PerformanceObserver((list) => {
      window.whenDrawn ??= document.documentElement.dataset.text ?? 'too early';
      list.disconnect?.();
    }).observe({ type: 'paint', buffered: true });
  });
  await page.goto('/');
  await expect.poll(() => page.evaluate(() => window.whenDrawn)).toBe('3');
});

/** A voice that says what it is given, a word every few milliseconds. */
function voice() {
  window.said = [];
  let timers = [];
  const speechSynthesis = {
    speak(utterance) {
      window.said.push({ text: utterance.text, lang: utterance.lang });
      utterance.onstart?.({});
      const words = [...utterance.text.matchAll(/\S+/g)];
      timers = words.map(({ index }, at) =>
        setTimeout(() => utterance.onboundary?.({ name: 'word', charIndex: index }), at * 60),
      );
      timers.push(setTimeout(() => utterance.onend?.({}), words.length * 60));
    },
    cancel() {
      timers.forEach(clearTimeout);
    },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speechSynthesis });
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
}

const marked = (page) =>
  page.evaluate(() => [...(CSS.highlights.get('being-read') ?? [])].map(String).join(''));

test('a lesson is read aloud, the spoken words are marked, and a pause goes on where it was', async ({ page }) => {
  await page.addInitScript(voice);
  await page.goto('/moduli/spid/che-cose-spid');
  await change(page.getByRole('button', { name: 'Ascolta' }));
  await expect.poll(() => marked(page)).toMatch(/^\S+$/);
  const word = await marked(page);
  expect(await page.locator('article.prose').textContent()).toContain(word);
  await expect.poll(() => page.evaluate(() => window.said.length)).toBeGreaterThan(2);

  await change(page.getByRole('button', { name: 'Pausa' }));
  expect(await marked(page)).toBe('');
  const before = await page.evaluate(() => window.said);
  expect(before[0].lang).toBe('it');
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => window.said.length)).toBe(before.length);

  await change(page.getByRole('button', { name: 'Continua' }));
  await expect.poll(() => page.evaluate(() => window.said.length)).toBeGreaterThan(before.length);
  expect((await page.evaluate(() => window.said))[before.length]).toEqual(before.at(-1));

  await change(page.getByRole('button', { name: 'Ferma la voce' }));
  await expect(page.getByRole('button', { name: 'Ascolta' })).toBeFocused();
  expect(await marked(page)).toBe('');
});

test('pages that are not lessons offer no voice', async ({ page }) => {
  await page.goto('/moduli/spid');
  await expect(page.getByText('Leggi meglio')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ascolta' })).toBeHidden();
});
