// The header on a phone: two lines, and a menu that opens by its address, with and without scripts.
import { change, enterWithCard, enterWithPassword, follow } from '../actors.js';
import { expect, test } from '../server.js';

const pages = ['/', '/moduli', '/moduli/spid', '/moduli/spid/che-cose-spid', '/cerca', '/mio-percorso', '/rete/totali', '/accedi'];
const most = 120;

async function isLow(page) {
  for (const address of pages) {
    await page.goto(address);
    const { height } = await page.getByRole('banner').boundingBox();
    expect(height, address).toBeLessThanOrEqual(most);
  }
}

test('the header takes little of a phone, whoever is in', async ({ page, site }) => {
  await isLow(page);
  await enterWithCard(page, site.account('citizen'));
  await isLow(page);
  await page.context().clearCookies();
  await enterWithPassword(page, site.account('coordinator'));
  await isLow(page);
});

test('the menu opens and closes on a phone, and leads where it says', async ({ page }) => {
  await page.goto('/moduli/spid');
  const banner = page.getByRole('banner');
  const menu = page.getByRole('navigation', { name: 'Menu principale' });
  await expect(menu).toBeHidden();
  await change(banner.getByRole('link', { name: 'Menu', exact: true }));
  await expect(menu.getByRole('link')).toHaveText(['Impara', 'Il mio percorso', 'I numeri della rete']);
  await expect(banner.getByRole('link', { name: 'Menu', exact: true })).toBeHidden();
  await change(banner.getByRole('link', { name: 'Chiudi Menu' }));
  await expect(menu).toBeHidden();
  // Back opens it again, as a page that was left.
  await page.goBack();
  await follow(menu.getByRole('link', { name: 'I numeri della rete' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('I numeri della rete');
  await expect(menu).toBeHidden();

  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(menu).toBeVisible();
  await expect(banner.getByRole('link', { name: 'Menu', exact: true })).toBeHidden();
});

test('who has several rooms finds the others in the menu', async ({ page, site }) => {
  await enterWithPassword(page, site.account('coordinator'));
  await page.goto('/moduli');
  const rooms = page.getByRole('banner').locator('.own li a:visible');
  await expect(rooms).toHaveText(['La rete']);
  await change(page.getByRole('banner').getByRole('link', { name: 'Menu', exact: true }));
  await expect(rooms).toHaveText(['La rete', 'Persone e accessi']);
});

test("a module's lessons are seen before its essay", async ({ page }) => {
  await page.goto('/moduli/spid');
  const lessons = await page.getByRole('region', { name: 'Le lezioni' }).boundingBox();
  const essay = await page.locator('.module-intro').boundingBox();
  expect(lessons.y).toBeLessThan(essay.y);
  // The first of them without a long way down.
  expect(lessons.y).toBeLessThan(2 * 740);
});
