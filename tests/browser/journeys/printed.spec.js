// What comes out of a printer: the pages of the file that a browser makes of a page.
import { enterWithPassword, follow, press } from '../actors.js';
import { expect, test } from '../server.js';

/** How many sheets of A4 the open page takes. */
async function sheets(page) {
  const file = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  return file.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

test('each evidence sheet is one page of A4', async ({ page, site }) => {
  await enterWithPassword(page, site.account('coordinator'));
  for (const kind of ['individual', 'group', 'online']) {
    await page.goto(`/rete/servizi?tipo=${kind}`);
    await follow(page.locator('tbody th a').first());
    await press(page, 'evidence-link');
    expect(await sheets(page), kind).toBe(await page.locator('.evidence-sheet').count());
  }
});

test('a sheet of steps is folded on the screen and whole on paper', async ({ page }) => {
  await page.goto('/moduli/spid/scheda');
  const lessons = page.locator('.paper-lesson');
  const steps = lessons.first().locator('ol');
  await expect(steps.first()).toBeHidden();
  // Each lesson begins a page.
  expect(await sheets(page)).toBeGreaterThanOrEqual(await lessons.count());
  await page.emulateMedia({ media: 'print' });
  expect((await steps.first().boundingBox()).height).toBeGreaterThan(20);
});
