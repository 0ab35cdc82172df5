import { change, enterWithPassword } from '../../actors.js';
import { isAccessible } from '../../inspect.js';
import { expect, test } from '../../server.js';

test('two minutes before an unused session ends it is asked, and one press stays, as often as one likes', async ({ page, site }) => {
  await page.clock.install();
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/punto');
  await expect(page.locator('.session-end')).toContainText('il tuo accesso si chiude alle');
  const asked = page.getByRole('dialog', { name: 'Il tuo accesso sta per chiudersi' });
  for (let times = 0; times < 11; times++) {
    await page.clock.fastForward('27:50');
    await expect(asked).toBeHidden();
    await page.clock.fastForward('00:20');
    await expect(asked).toBeVisible();
    const stay = asked.getByRole('button', { name: 'Resta' });
    await expect(stay).toBeFocused();
    if (times === 0) await isAccessible(page, 'the warning');
    const answer = page.waitForResponse((response) => response.url().endsWith('/accesso/resta') && response.request().method() === 'POST');
    if (times % 2) await change(stay);
    else await page.keyboard.press('Enter');
    expect((await answer).status()).toBe(204);
    await expect(asked).toBeHidden();
    // The page says the new time.
    const until = await page.evaluate(() => new Date(Date.now() + 1_800_000).toLocaleTimeString('it-IT', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Rome' }));
    await expect(page.locator('.session-end')).toContainText(`alle ${until}`);
  }
  // Nobody answers: it says that it is over, and where to enter.
  await page.clock.fastForward('30:10');
  const over = page.getByRole('dialog', { name: 'Il tuo accesso è chiuso' });
  await expect(over).toBeVisible();
  await expect(over.getByRole('link')).toHaveAttribute('href', '/accedi');
  // Nothing of the page is left for whoever sits down next, and the words do not go away.
  await expect(page.locator('main, header, form')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.locator('main h1')).toHaveText('Accedi');
});

test('who reads stays in without being asked, and a guest is never asked', async ({ page, site }) => {
  await page.clock.install();
  await page.goto('/moduli/spid/che-cose-spid');
  await page.clock.fastForward('59:00');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/moduli/spid/che-cose-spid');
  for (let times = 0; times < 3; times++) {
    await page.clock.fastForward('20:00');
    const answer = page.waitForResponse((response) => response.url().endsWith('/accesso/resta'));
    await page.keyboard.press('Tab');
    expect((await answer).status()).toBe(204);
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
