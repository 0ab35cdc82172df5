// Lighthouse's opinion of the pages that most people see, as a phone of the middle range shows them.
import { chromium } from '@playwright/test';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { shared } from '../playwright.config.js';
import { expect, test } from '../server.js';
import { addresses } from './most-seen.js';

const least = 95;

/** Lets the browser take its temporary folders away before it ends, as one that is killed does not. */
async function close(chrome) {
  const ended = new Promise((resolve) => chrome.process.once('exit', resolve));
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${chrome.port}`);
  const session = await browser.newBrowserCDPSession();
  // It may be gone before it answers.
  await session.send('Browser.close').catch(() => {});
  await ended;
  chrome.kill();
}

/** What Lighthouse says of a page in a browser of its own: one that stumbled says nothing of the next. */
async function scores(url) {
  const { executablePath, args } = shared.use.launchOptions;
  const chrome = await launch({ chromePath: executablePath, chromeFlags: ['--headless=new', ...args] });
  const { lhr } = await lighthouse(url, {
    port: chrome.port,
    logLevel: 'error',
    onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'],
  }).finally(() => close(chrome));
  const failed = ({ score, scoreDisplayMode }) => scoreDisplayMode === 'error' || (score ?? 1) < 0.9;
  const lost = ({ auditRefs }) =>
    auditRefs
      .filter(({ id, weight }) => weight > 0 && failed(lhr.audits[id]))
      .map(({ id }) => [id, lhr.audits[id].errorMessage].filter(Boolean).join(': '));
  return Object.values(lhr.categories).map((category) => ({
    name: category.title,
    score: Math.round(category.score * 100),
    lost: lost(category),
  }));
}

test('Lighthouse gives the pages that most people see 95 points and more', async ({ site }) => {
  test.setTimeout(300_000);
  const rows = [];
  for (const [name, address] of Object.entries(addresses)) {
    let found = await scores(site.address + address);
    // The speed is a calculation from a load that the machine's other work can disturb.
    for (let more = 2; more > 0 && found.some(({ score }) => score < least); more -= 1) {
      const again = await scores(site.address + address);
      found = found.map((one, at) => (again[at].score > one.score ? again[at] : one));
    }
    rows.push([name, found]);
    for (const { name: category, score, lost } of found) {
      expect.soft(score, `${category} of ${name}: ${lost.join(', ')}`).toBeGreaterThanOrEqual(least);
    }
  }
  const line = (name, cells) => name.padEnd(10) + cells.map((cell) => String(cell).padStart(16)).join('');
  const head = line('page', rows[0][1].map(({ name }) => name));
  console.log(['Lighthouse, phone', head, ...rows.map(([name, found]) => line(name, found.map(({ score }) => score)))].join('\n'));
});
