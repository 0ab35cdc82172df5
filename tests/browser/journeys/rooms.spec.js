// Whoever is in sees it on every page: their name, their rooms, the way out.
import { enterWithCard, enterWithPassword, press } from '../actors.js';
import { addresses } from '../pages/walks/everybody.js';
import { expect, test } from '../server.js';

const lesson = '/moduli/spid/che-cose-spid';
/** The rooms of each role, in the order in which they are shown. */
const rooms = {
  citizen: ['/mio-percorso'],
  facilitator: ['/punto'],
  coordinator: ['/rete', '/amministrazione'],
  admin: ['/amministrazione'],
  editor: ['/moduli', '/redazione/ricerche'],
};

/** What a header shows to whoever looks at it. */
function whatIsShown(header) {
  const seen = (selector) => [...header.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const [name] = seen('.own-name');
  return {
    name: name && getComputedStyle(name, '::after').content,
    rooms: seen('.own li a').map((link) => link.getAttribute('href')),
    out: seen('form[action="/esci"] button').length === 1,
    enter: seen('.to-enter').length > 0,
  };
}

for (const [role, own] of Object.entries(rooms)) {
  test(`a ${role} finds name, rooms and the way out on every page`, async ({ page, site }) => {
    test.setTimeout(180_000);
    const account = site.account(role);
    await (account.card ? enterWithCard : enterWithPassword)(page, account);
    expect(new URL(page.url()).pathname, 'the room one lands in').toBe(own[0]);
    const banner = page.getByRole('banner');
    const inside = banner.locator('.own');
    const enter = banner.getByRole('link', { name: 'Accedi', exact: true });
    const all = Object.values(addresses).filter((address) => !/[?#]/.test(address));
    for (const address of new Set([...all, ...own, '/accesso'])) {
      const answer = await page.goto(address);
      // An error page has its header too.
      expect(answer.status(), address).toBe(address === addresses['not found'] ? 404 : 200);
      const shows = (rooms) =>
        expect.poll(() => banner.evaluate(whatIsShown), { message: address }).toEqual({
          name: expect.stringMatching(/^"\S.*"$/),
          rooms,
          out: true,
          enter: false,
        });
      // On a phone the first room has a place of its own, the others are in the menu.
      await shows(own.slice(0, 1));
      await page.goto(`${address}#menu`);
      await shows(own);
    }
    await expect(inside.getByRole('link', { name: /^Il mio accesso: \S/ }), 'the name is heard').toBeVisible();
    await page.goto(lesson);
    await press(page, 'sign-out', banner);
    await page.goto(lesson);
    await expect(enter).toBeVisible();
    await expect(inside).toBeHidden();
  });
}
