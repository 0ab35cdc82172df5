// A table that is shown as cards on a phone is still a table for a screen reader: the browser goes by
// its elements, whatever the styles make of them.
import { expect, test } from '../server.js';

test('a table shown as cards is heard as a table', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/rete/totali');
  const row = page.locator('.table-stack tbody tr').first();
  await row.evaluate((element) => {
    for (let up = element.parentElement; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
  });
  expect(await row.evaluate((element) => getComputedStyle(element).display), 'shown as a card').not.toBe('table-row');
  const tree = await page.context().newCDPSession(page);
  const { nodes } = await tree.send('Accessibility.getFullAXTree');
  const heard = nodes.filter(({ ignored }) => !ignored).map(({ role }) => role.value);
  for (const role of ['table', 'row', 'rowheader', 'cell']) {
    expect(heard.filter((one) => one === role).length, role).toBeGreaterThan(0);
  }
});
