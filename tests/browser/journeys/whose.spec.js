import { enterWithPassword, follow, showCard, signOut } from '../actors.js';
import { citizenWithCard } from '../people.js';
import { expect, test } from '../server.js';

/** A guest marks a lesson as read. */
async function read(page) {
  await page.goto('/moduli/spid/che-cose-spid');
  await follow(page.getByRole('button', { name: 'Ho letto: avanti' }));
}

test('whoever enters is asked whose it was, and a no leaves it to this browser', async ({ page, request, site }) => {
  const card = await citizenWithCard(request, site);
  await read(page);
  await showCard(page, card);
  const main = page.locator('main');
  await expect(main).toContainText('Su questo dispositivo qualcuno ha cominciato «SPID: la tua identità digitale». Sei tu?');
  // No comes first, and is what Enter presses.
  await expect(main.getByRole('button')).toHaveText(['No, non sono io', 'Sì, sono io']);
  await follow(main.getByRole('button', { name: 'No, non sono io' }));
  await page.goto('/mio-percorso');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Il mio percorso');
  await expect(main).not.toContainText('Lezioni lette');
  await signOut(page);
  // Whoever it was finds it again, and whoever enters next is asked.
  await page.goto('/mio-percorso');
  await expect(main).toContainText('Lezioni lette: 1 su');
  await showCard(page, card);
  await expect(page).toHaveURL(/accedi\/sei-tu/);
});

test('what was not theirs is given back by the person', async ({ page, request, site }) => {
  await read(page);
  await showCard(page, await citizenWithCard(request, site));
  await follow(page.getByRole('button', { name: 'Sì, sono io' }));
  await page.goto('/mio-percorso');
  await expect(page.locator('main')).toContainText('Lezioni lette: 1 su');
  await follow(page.getByRole('link', { name: /L'ha fatto un'altra persona: restituisci/ }));
  await follow(page.getByRole('button', { name: 'Sì, restituisci' }));
  await expect(page.locator('main')).toContainText('Fatto.');
  await page.goto('/mio-percorso');
  await expect(page.locator('main')).not.toContainText('Lezioni lette');
});

test('on a device of the point nobody is asked, and the next one finds nothing', async ({ page, request, site }) => {
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/punto');
  await follow(page.getByRole('link', { name: 'Tablet e computer del punto' }));
  await follow(page.getByRole('button', { name: 'Questo dispositivo è del punto' }));
  await expect(page.locator('main')).toContainText('È di:');
  await signOut(page);
  await read(page);
  await showCard(page, await citizenWithCard(request, site));
  await expect(page).toHaveURL(/mio-percorso/);
  await expect(page.locator('main')).not.toContainText('Lezioni lette');
});
