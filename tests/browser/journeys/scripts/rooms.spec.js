// What scripts do for whoever is in: nothing is asked of guests, and no page says what is over.
import { enterWithPassword, press } from '../../actors.js';
import { expect, test } from '../../server.js';

const lesson = '/moduli/spid/che-cose-spid';

test('a guest asks for no style of their own, and another tab sees that somebody left', async ({ page, context, site }) => {
  const asked = [];
  context.on('request', (request) => request.url().endsWith('/io.css') && asked.push(request.url()));
  await page.goto(lesson, { waitUntil: 'networkidle' });
  expect(asked).toEqual([]);
  await enterWithPassword(page, site.account('facilitator'));
  const other = await context.newPage();
  await other.goto(lesson);
  const name = (tab) => tab.getByRole('link', { name: /^Il mio accesso: \S/ });
  await expect(name(other)).toBeVisible();
  // Without a network nobody is said to be in, and nothing is in the way.
  await context.setOffline(true);
  await other.reload();
  await expect(other.getByRole('link', { name: 'Accedi', exact: true })).toBeVisible();
  await expect(name(other)).toBeHidden();
  await context.setOffline(false);
  await other.reload();
  await expect(name(other)).toBeVisible();
  await page.goto(lesson);
  await press(page, 'sign-out', page.getByRole('banner'));
  await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await expect(name(other)).toBeHidden();
  await expect(other.getByRole('link', { name: 'Accedi', exact: true })).toBeVisible();
});
