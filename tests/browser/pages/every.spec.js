import { hasAHead, isAccessible, reflows, widths } from '../inspect.js';
import { enterWithCard, enterWithPassword } from '../actors.js';
import { expect, test } from '../server.js';
import { walks } from './walks.js';

for (const [who, walk] of Object.entries(walks)) {
  test(`every page of a ${who} is accessible at both widths and fits 320 px`, async ({ page, request, site }) => {
    test.setTimeout(300_000);
    for await (const name of walk({ page, request, site })) {
      await hasAHead(page, name);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        await isAccessible(page, name);
      }
      await reflows(page, name);
    }
  });
}

/** The page's own links, each address once, without what stands after `#`. */
async function links(page) {
  const found = await page.locator('a[href]').evaluateAll((all) =>
    all.map((a) => new URL(a.href)).filter((url) => url.origin === location.origin).map((url) => url.pathname + url.search),
  );
  return new Set(found);
}

const roles = {
  visitor: async () => {},
  citizen: async (page, site) => enterWithCard(page, site.account('citizen')),
  facilitator: async (page, site) => enterWithPassword(page, site.account('facilitator')),
};

for (const [who, enter] of Object.entries(roles)) {
  test(`no link of a ${who} leads nowhere, and every page it leads to is accessible`, async ({ page, site }) => {
    test.setTimeout(600_000);
    await enter(page, site);
    const seen = new Set(['/']);
    const queue = ['/'];
    const citizens = [];
    while (queue.length > 0) {
      const address = queue.shift();
      const answer = await page.goto(address);
      expect.soft(answer.status(), `status of ${address}`).toBeLessThan(address === '/punto' && who === 'citizen' ? 404 : 400);
      if (!/html/.test(answer.headers()['content-type'])) continue;
      await hasAHead(page, address);
      await isAccessible(page, address);
      await reflows(page, address);
      for (const link of await links(page)) {
        if (seen.has(link) || /[?&](lingua|ritorno|q|livello|ambito|competenza)=/.test(link)) continue;
        seen.add(link);
        // A record is like the next one.
        if (/^\/punto\/cittadini\/[0-9a-f-]{36}$/.test(link) && citizens.push(link) > 3) continue;
        queue.push(link);
      }
    }
    expect(seen.size, 'pages found').toBeGreaterThan(30);
  });
}
