// What every page of the program must be, whatever it shows, as far as a program can tell.
import axe from 'axe-core';
import { judge } from './judge.js';
import { expect } from './server.js';

/** Whether pages are looked at again whose like was looked at, which takes a minute more. */
export const fully = process.env.AUTONOMIA_WALK === 'full';

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
  rules: {
    'target-size': { enabled: true },
    // Not of WCAG's letter: two parts of a page that are called the same cannot be told apart.
    'landmark-unique': { enabled: true },
    'landmark-one-main': { enabled: true },
    'landmark-no-duplicate-banner': { enabled: true },
    'landmark-no-duplicate-contentinfo': { enabled: true },
  },
};
/** What colours can break; the rest of the page is the same in every look. */
const ofColours = ['color-contrast', 'link-in-text-block'];
const colours = { runOnly: { type: 'rule', values: ofColours } };
/** They take most of the time. */
const withoutColours = {
  ...everything,
  rules: { ...everything.rules, ...Object.fromEntries(ofColours.map((rule) => [rule, { enabled: false }])) },
};

async function violations(page, options) {
  // It is half a megabyte, and each page is looked at several times.
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await bringAxe(page);
  return page.evaluate(async (options) => {
    // The rows of a long table, or of a long list, are alike: the first speak for the others.
    const alike = ['tbody > tr:nth-child(n+21)', 'main li:nth-child(n+41)'];
    const context = { include: document, exclude: alike.filter((rows) => document.querySelector(rows)) };
    const { violations, passes } = await globalThis.axe.run(context, { ...options, resultTypes: ['violations'] });
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${help}\n    ${target.join(' ')}\n    ${html.slice(0, 160)}`),
    );
    return { found, rules: passes.length };
  }, options);
}

async function bringAxe(page) {
  await page.evaluate((source) => {
    // Where scripts are off the browser runs no timers, not even axe's.
    if (matchMedia('(scripting: none)').matches) {
      globalThis.setTimeout = (act, _, ...given) => void Promise.resolve().then(() => act(...given));
    }
    globalThis.eval(source);
  }, axe.source);
}

/** Checks the page, as it is shown, against WCAG 2.2 AA; `coloured` tells whether its colours are looked at. */
export async function isAccessible(page, name, { coloured = true } = {}) {
  const { found, rules } = await violations(page, coloured ? everything : withoutColours);
  expect(rules, `${name}: axe looked at nothing`).toBeGreaterThan(5);
  judge(found, `${name} at ${page.viewportSize().width} px`).toEqual([]);
}

/** Checks the contrast of the page's colours as they are shown. */
export async function hasColours(page, name) {
  const { found } = await violations(page, colours);
  judge(found, `${name} at ${page.viewportSize().width} px`).toEqual([]);
}

/** Checks that the edges of fields and buttons stand out from what is behind them, as axe does not. */
export async function hasEdges(page, name) {
  const faint = await page.evaluate(() => {
    const parse = (colour) => /^rgba?\(/.test(colour) && colour.match(/[\d.]+/g).map(Number);
    const luminance = (rgb) => {
      const [red, green, blue] = rgb.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one, other) => {
      const [dark, light] = [luminance(one.slice(0, 3)), luminance(other.slice(0, 3))].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const solid = (colour) => colour && (colour[3] ?? 1) > 0.9;
    const behind = (element) => {
      for (let up = element.parentElement; up; up = up.parentElement) {
        const colour = parse(getComputedStyle(up).backgroundColor);
        if (solid(colour)) return colour;
      }
      return [255, 255, 255];
    };
    return [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]
      // The criterion leaves out what cannot be used now.
      .filter((element) => !element.disabled)
      // What is there for the Enter key alone is seen by nobody.
      .filter((element) => !element.closest('[aria-hidden=true]'))
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      // What the browser draws itself is its own affair.
      .filter((element) => !['radio', 'checkbox'].includes(element.type) || getComputedStyle(element).appearance === 'none')
      .map((element) => {
        const style = getComputedStyle(element);
        const edges = [[style.backgroundColor, true], [style.borderBottomColor, parseFloat(style.borderBottomWidth) >= 1]];
        const seen = edges.filter(([, there]) => there).map(([colour]) => parse(colour)).filter(solid);
        const best = Math.max(1, ...seen.map((colour) => contrast(colour, behind(element))));
        // A button without an edge is known by its words, as a link is.
        const bare = element.tagName === 'BUTTON' && seen.length === 0;
        return { element, best: bare ? 21 : best };
      })
      .filter(({ best }) => best < 3)
      .map(({ element, best }) => `${best.toFixed(1)}: ${element.outerHTML.replace(/\s+/g, ' ').slice(0, 110)}`);
  });
  judge(faint, `${name}: edges below 3:1`).toEqual([]);
}

/** One title, one main heading, a language, a main region: what a screen reader begins with. */
export async function hasAHead(page, name) {
  const head = await page.evaluate(() => {
    const count = (parts) => document.querySelectorAll(parts).length;
    return { title: document.title, lang: document.documentElement.lang, headings: count('h1'), regions: count('main') };
  });
  judge(head.title, `${name}: title`).toMatch(/\S{3}/);
  judge(head.headings, `${name}: main headings`).toBe(1);
  judge(head.lang, `${name}: language`).toMatch(/^(it|en)$/);
  judge(head.regions, `${name}: main region`).toBe(1);
}
