// What can be measured of a page's boxes: whether everything fits, is large enough and stands still.
import { judge } from './judge.js';

/** At 320 px, which is 1280 px enlarged four times, nothing needs scrolling sideways. */
export async function reflows(page, name) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  judge(await page.evaluate(wide), `${name} at 320 px`).toEqual([]);
  await page.setViewportSize(before);
}

/** What sticks out of the page on the right; runs in the page. */
function wide() {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement) {
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  const scroll = document.scrollingElement.scrollWidth;
  if (scroll <= width) return [];
  return [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element))
    .map((element) => element.outerHTML.slice(0, 120))
    .concat(`the page is ${scroll} px wide`);
}

/** With the text spacing of WCAG 1.4.12 nothing is cut off, overlaps, or sticks out. */
export async function bearsSpacing(page, name) {
  const broken = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-bottom: 2em !important; }`);
    // No element: the page's own rules refuse styles that are written into it.
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const excerpt = (text) => text.trim().replace(/\s+/g, ' ').slice(0, 60);
    // Whatever it is called: a box of one pixel is there for screen readers.
    const onlyHeard = (element) => {
      for (let up = element; up; up = up.parentElement) {
        const { width, height } = up.getBoundingClientRect();
        if (width <= 1 && height <= 1 && getComputedStyle(up).overflowX === 'hidden') return true;
      }
      return false;
    };
    const found = [];
    const shown = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest('select, script, .skip-link')) continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (onlyHeard(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      for (let up = element; up !== document.body; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        const box = up.getBoundingClientRect();
        const cut = ({ right, bottom }) =>
          (['hidden', 'clip'].includes(overflowX) && right > box.right + 2) ||
          (['hidden', 'clip'].includes(overflowY) && bottom > box.bottom + 6);
        if (rects.some(cut)) found.push(`cut off: ${excerpt(node.data)}`);
      }
      shown.push(...rects.map((rect) => ({ rect, node })));
    }
    // The boxes of letters are a little taller than their line; more than that is an overlap.
    const slack = 6;
    // From the top down: what begins below a box meets neither it nor what ends above.
    shown.sort((one, other) => one.rect.top - other.rect.top);
    for (const [at, one] of shown.entries()) {
      for (let next = at + 1; next < shown.length; next++) {
        const other = shown[next];
        if (other.rect.top > one.rect.bottom - slack) break;
        const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const down = Math.min(one.rect.bottom, other.rect.bottom) - other.rect.top;
        if (one.node !== other.node && across > slack && down > slack) {
          found.push(`overlap: ${excerpt(one.node.data)} / ${excerpt(other.node.data)}`);
        }
      }
    }
    return found;
  });
  judge(broken, `${name} with wider text spacing`).toEqual([]);
  judge(await page.evaluate(wide), `${name} with wider text spacing`).toEqual([]);
  await page.evaluate(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
  });
}

/**
 * What a finger aims at is 44 px tall and, as WCAG 2.2 asks, 24 px wide.
 * A link inside a sentence is as tall as its line, and a box and its label are one target.
 */
export async function hasLargeTargets(page, name) {
  const small = await page.evaluate(() => {
    const boxes = (element) => [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
    const size = (element) => {
      const all = boxes(element);
      return {
        width: Math.max(...all.map((box) => box.right)) - Math.min(...all.map((box) => box.left)),
        height: Math.max(...all.map((box) => box.bottom)) - Math.min(...all.map((box) => box.top)),
      };
    };
    const inSentence = (element) => {
      if (element.tagName !== 'A' || getComputedStyle(element).display !== 'inline') return false;
      const around = element.closest('p, li, td, dd, figcaption, blockquote, label, legend, h1, h2, h3');
      return around && around.textContent.trim().length > element.textContent.trim().length + 3;
    };
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      // The circles of the map lead where the list beside it leads.
      .filter((element) => !element.closest('.skip-link, .visually-hidden, .map') && !inSentence(element))
      .map((element) => ({ element, ...size(element) }))
      .filter(({ width, height }) => height < 43.5 || width < 24)
      .map(({ element, width, height }) =>
        `${Math.round(width)} × ${Math.round(height)}: ${element.outerHTML.replace(/\s+/g, ' ').slice(0, 110)}`);
  });
  judge(small, `${name}: targets that are too small`).toEqual([]);
}

/** Who asked for less motion sees none: colours may change slowly, places and sizes may not. */
export async function standsStill(page, name) {
  const moving = await page.evaluate(() => {
    const seconds = (list) => Math.max(...list.split(',').map((one) => parseFloat(one) * (one.trim().endsWith('ms') ? 0.001 : 1)));
    return [...document.querySelectorAll('*')]
      .filter((element) => {
        const style = getComputedStyle(element);
        const animated = style.animationName !== 'none' && seconds(style.animationDuration) > 0.01;
        const slides =
          !/^((none|color|fill|stroke|opacity|[a-z-]*color|(box|text)-shadow)(, |$))+$/.test(style.transitionProperty) &&
          seconds(style.transitionDuration) > 0.01;
        return animated || slides || style.scrollBehavior === 'smooth';
      })
      .map((element) => element.outerHTML.slice(0, 110));
  });
  judge(moving, `${name}: moves although less motion is asked for`).toEqual([]);
}

/** The most that a page is high, by the width it is shown at: a few screens, not a hundred. */
export const highest = { 1280: 4_000, 360: 6_000 };

/** Lessons, to be read from the first line to the last: their length is their author's. */
const lesson = /^\/moduli\/[^/]+\/(?!quiz|scheda|stampa)[^/]+/;

/**
 * Nothing is so long that who scrolls gets lost: lists come in pages. That holds as the page comes,
 * and with its parts open, all that can be at once. Only a sheet to print is as long as it is.
 */
export async function isShort(page, name) {
  if (lesson.test(new URL(page.url()).pathname)) return;
  const width = page.viewportSize().width;
  const [closed, open] = await page.evaluate(() => {
    const height = () => document.documentElement.scrollHeight;
    const before = height();
    const parts = [...document.querySelectorAll('main details:not(.unfolds, details details)')];
    const were = parts.map((one) => one.open);
    for (const one of parts) one.open = true;
    const after = height();
    for (const one of parts) one.open = false;
    for (const [at, one] of parts.entries()) one.open = were[at];
    return [before, after];
  });
  judge(closed, `${name}: height at ${width} px`).toBeLessThanOrEqual(highest[width]);
  judge(open, `${name}: height at ${width} px with its parts open`).toBeLessThanOrEqual(highest[width]);
}
