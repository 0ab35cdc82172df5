// Progress on pages that are the same for everybody: told by a script, to who has a session alone.
import { beginQuiz, enterWithCard, follow, press } from '../../actors.js';
import { isAccessible } from '../../inspect.js';
import { citizenWithCard } from '../../people.js';
import { expect, test } from '../../server.js';

const begin = (page) => page.locator('#comincia');

async function readTwo(page) {
  await page.goto('/moduli/spid');
  await follow(begin(page));
  await follow(page.getByRole('button', { name: 'Ho letto: avanti' }));
  await follow(page.getByRole('button', { name: 'Ho letto: avanti' }));
}

test('who has no session is asked nothing, and sees what everybody sees', async ({ page, context }) => {
  const asked = [];
  context.on('request', (request) => request.url().includes('/api/') && asked.push(request.url()));
  for (const address of ['/', '/moduli', '/moduli/spid', '/moduli/spid/che-cose-spid']) {
    await page.goto(address, { waitUntil: 'networkidle' });
  }
  expect(asked).toEqual([]);
  await page.goto('/moduli/spid');
  await expect(begin(page)).toHaveText('Comincia la prima lezione');
  await page.goto('/');
  await expect(page.locator('.go-on')).toBeHidden();
});

test('home, catalogue, module and lesson say where a guest left off', async ({ page }) => {
  await readTwo(page);
  await page.goto('/moduli/spid');
  await expect(begin(page)).toHaveText('Continua dalla lezione 3');
  await expect(page.locator('.page-head .standing')).toHaveText(/Lezioni lette: 2 su \d/);
  const lessons = page.locator('.lesson-list li');
  await expect(lessons.nth(1)).toHaveClass(/is-read/);
  await expect(lessons.nth(1).getByRole('link')).toHaveAccessibleName(/\(letta\)$/);
  await expect(lessons.nth(2)).not.toHaveClass(/is-read/);
  expect(await lessons.nth(0).evaluate((item) => getComputedStyle(item, '::before').content)).toContain('✓');
  await isAccessible(page, 'module begun');
  await follow(begin(page));
  await expect(page.locator('.lesson-place')).toContainText('Lezione 3 di');
  await expect(page.locator('.read-on')).not.toContainText('Hai già segnato');

  await follow(page.getByRole('link', { name: 'Lezione precedente' }));
  await expect(page.locator('.read-on')).toContainText('Hai già segnato questa lezione come letta.');
  for (const address of ['/', '/moduli']) {
    await page.goto(address);
    const card = page.locator('[data-module=spid] .standing');
    await expect(card, address).toHaveText(/Lezioni lette: 2 su \d/);
    await expect(page.locator('[data-module=pagamenti-online] .standing')).toHaveText(/^\d+ lezioni$/);
    await isAccessible(page, `${address}, begun`);
  }
  await page.goto('/');
  await follow(page.locator('.go-on').getByRole('link', { name: 'Continua dalla lezione 3' }));
  await expect(page.locator('.lesson-place')).toContainText('Lezione 3 di');
});

test('from a lesson that is read again a quiz under way is one press away', async ({ page }) => {
  await beginQuiz(page, 'spid');
  await page.goto('/moduli/spid/che-cose-spid');
  await follow(page.getByRole('navigation', { name: 'Altre lezioni' }).getByRole('link', { name: 'Riprendi il quiz' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Domanda 1 di 10');
});

test('whoever leaves takes it along, also from pages that Back shows again, and from other tabs', async ({ page, context, request, site }) => {
  await enterWithCard(page, await citizenWithCard(request, site));
  await readTwo(page);
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto('/moduli/spid');
    await expect(begin(tab)).toHaveText('Continua dalla lezione 3');
  }
  await page.bringToFront();
  await press(page, 'sign-out', page.getByRole('banner'));
  await page.goBack();
  await expect(begin(page)).toHaveText('Comincia la prima lezione');
  await expect(page.locator('.lesson-list .is-read')).toHaveCount(0);
  await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await expect(begin(other)).toHaveText('Comincia la prima lezione');
  await expect(other.locator('.lesson-list .is-read')).toHaveCount(0);
});

test('it moves nothing on the page', async ({ page }) => {
  await readTwo(page);
  for (const [address, width] of [['/', 360], ['/moduli/spid', 360], ['/moduli/spid', 320]]) {
    await page.setViewportSize({ width, height: 740 });
    await page.route('**/me/progress', async (route) => {
      await new Promise((done) => setTimeout(done, 800));
      await route.continue();
    });
    await page.goto(address);
    const top = () => page.locator(address === '/' ? 'h1' : '#lezioni').evaluate((one) => one.getBoundingClientRect().top + scrollY);
    const before = await top();
    await expect(page.getByRole('link', { name: 'Continua dalla lezione 3' })).toBeVisible();
    expect(Math.abs((await top()) - before), `${address} at ${width} px`).toBeLessThanOrEqual(address === '/' ? 40 : 1);
    await page.unroute('**/me/progress');
  }
});
