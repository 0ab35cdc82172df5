// What every page of the program must be, whatever it shows, as far as a program can tell.
import axe from 'axe-core';
import { expect } from './server.js';

/** A phone's width and a desk's. */
export const widths = [360, 1280];

/** How a page can be coloured: by the device, or by the person in the reader's bar. */
export const looks = {
  light: {},
  dark: { colorScheme: 'dark' },
  'high contrast': { theme: 'contrast' },
};

/** Shows the open page in a look. */
export async function show(page, { colorScheme = 'light', theme }) {
  await page.emulateMedia({ colorScheme });
  await page.evaluate((theme) => {
    // Before it is changed for the first time, what the page set itself is kept.
    globalThis.ownTheme ??= { is: document.documentElement.dataset.theme };
    const value = theme ?? globalThis.ownTheme.is;
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
  }, theme);
}

const everything = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  rules: { 'target-size': { enabled: true } },
};
/** What colours can break; the rest of the page is the same in every look. */
const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

async function violations(page, options) {
  await page.evaluate((source) => {
    if (globalThis.axe) return;
    // Where scripts are off the browser runs no timers, not even axe's.
    if (matchMedia('(scripting: none)').matches) {
      globalThis.setTimeout = (act, _, ...given) => void Promise.resolve().then(() => act(...given));
    }
    globalThis.eval(source);
  }, axe.source);
  return page.evaluate(async (options) => {
    const { violations, passes } = await globalThis.axe.run(document, { ...options, resultTypes: ['violations'] });
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${help}\n    ${target.join(' ')}\n    ${html.slice(0, 160)}`),
    );
    return { found, rules: passes.length };
  }, options);
}

/** Checks the page against WCAG 2.2 AA: all of it as it is, its colours in the other looks. */
export async function isAccessible(page, name, others = []) {
  const { found, rules } = await violations(page, everything);
  expect(rules, `${name}: axe looked at nothing`).toBeGreaterThan(5);
  expect.soft(found, `${name} at ${page.viewportSize().width} px`).toEqual([]);
  for (const look of others) await hasColours(page, name, look);
}

/** Checks the contrast of the page's colours in a look. */
export async function hasColours(page, name, look) {
  await show(page, looks[look]);
  const { found } = await violations(page, colours);
  expect.soft(found, `${name} at ${page.viewportSize().width} px, ${look}`).toEqual([]);
  await show(page, looks.light);
}

/** One title, one main heading, a language, a main region: what a screen reader begins with. */
export async function hasAHead(page, name) {
  expect.soft(await page.title(), `${name}: title`).toMatch(/\S{3}/);
  expect.soft(await page.locator('h1').count(), `${name}: main headings`).toBe(1);
  expect.soft(await page.locator('html').getAttribute('lang'), `${name}: language`).toMatch(/^(it|en)$/);
  expect.soft(await page.locator('main').count(), `${name}: main region`).toBe(1);
}
