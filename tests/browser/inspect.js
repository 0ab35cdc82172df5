// What every page of the program must be, whatever it shows.
import AxeBuilder from '@axe-core/playwright';
import { expect } from './server.js';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A phone's width and a desk's. */
export const widths = [360, 1280];

/** Checks the page against WCAG 2.2 AA as far as a program can tell. */
export async function isAccessible(page, name) {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(wcag).analyze();
  expect(passes.length, `${name}: axe looked at nothing`).toBeGreaterThan(5);
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.target.join(' ')}\n    ${node.html.slice(0, 160)}`),
  );
  expect.soft(found, `${name} at ${page.viewportSize().width} px`).toEqual([]);
}

/** At 320 px, which is 1280 px enlarged four times, nothing needs scrolling sideways. */
export async function reflows(page, name) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(() => {
    const scrolls = (element) => {
      for (let up = element.parentElement; up; up = up.parentElement) {
        if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX)) return true;
      }
      return false;
    };
    if (document.scrollingElement.scrollWidth <= 320) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > 321 && !scrolls(element))
      .map((element) => element.outerHTML.slice(0, 120))
      .concat(`the page is ${document.scrollingElement.scrollWidth} px wide`);
  });
  expect.soft(wide, `${name} at 320 px`).toEqual([]);
  await page.setViewportSize(before);
}

/** One title, one main heading, a language, a main region: what a screen reader begins with. */
export async function hasAHead(page, name) {
  expect.soft(await page.title(), `${name}: title`).toMatch(/\S{3}/);
  expect.soft(await page.locator('h1').count(), `${name}: main headings`).toBe(1);
  expect.soft(await page.locator('html').getAttribute('lang'), `${name}: language`).toMatch(/^(it|en)$/);
  expect.soft(await page.locator('main').count(), `${name}: main region`).toBe(1);
}
