import { enterWithCard, enterWithPassword } from '../actors.js';
import { fully, hasAHead, isAccessible } from '../inspect.js';
import { reflows } from '../measure.js';
import { registered } from '../people.js';
import { expect, test } from '../server.js';

/** The page's own links, each address once, without what stands after `#`. */
async function links(page) {
  const found = await page.locator('a[href]').evaluateAll((all) =>
    all
      // Of the rooms in the header, those that are shown.
      .filter((a) => !a.closest('.own') || a.checkVisibility())
      .map((a) => new URL(a.getAttribute('href'), location.href))
      .filter((url) => url.origin === location.origin)
      .map((url) => url.pathname + url.search),
  );
  return new Set(found);
}

const roles = {
  visitor: { enter: async () => {}, own: /./, least: 40 },
  citizen: {
    enter: (page, site) => enterWithCard(page, site.account('citizen')),
    // Everything else is the same bytes for everybody.
    own: /^\/(mio-percorso|accedi|tessera|rete)|\/quiz/,
    shut: /^\/punto$/,
    least: 3,
  },
  coordinator: {
    enter: (page, site) => enterWithPassword(page, site.account('coordinator')),
    // Of somebody without services too: what a page offers is there for them.
    from: async (request, site) => [`/punto/cittadini/${(await registered(request, site)).id}`],
    own: /^\/(punto\/cittadini|rete\/prove)/,
    // The tabs above people's pages are the desk's.
    shut: /^\/punto\/(gruppi|servizi|fermi)$/,
    least: 3,
  },
  facilitator: {
    enter: (page, site) => enterWithPassword(page, site.account('facilitator')),
    own: /^\/(punto|mio-percorso)/,
    least: 5,
  },
};

for (const [who, { enter, from, own, least, shut }] of Object.entries(roles)) {
  test(`no link of a ${who} leads nowhere, and every page it leads to fits`, async ({ page, request, site }) => {
    test.setTimeout(600_000);
    await enter(page, site);
    const queue = ['/', ...((await from?.(request, site)) ?? [])];
    const seen = new Set(queue);
    const foundOn = {};
    const like = {};
    let looked = 0;
    for (let address; (address = queue.shift()); ) {
      // A file is downloaded, not shown.
      const table = /^\/api\/|\.csv$|\/scarica$/.test(new URL(address, site.address).pathname);
      const answer = table ? await page.request.get(address) : await page.goto(address);
      const closed = shut?.test(address) ?? false;
      expect.soft(answer.status(), `status of ${address}, a link of ${foundOn[address]}`).toBe(closed ? 403 : 200);
      if (!answer.headers()['content-type'].startsWith('text/html')) continue;
      if (own.test(address)) {
        looked += 1;
        await hasAHead(page, address);
        // The walks look at every kind of page and its colours; lessons are written each by itself.
        if (fully || who === 'visitor') await isAccessible(page, address, { coloured: false });
        await reflows(page, address);
      }
      for (const link of await links(page)) {
        // One choice of a filter is like the next one, and so is one citizen's record, one point.
        if (seen.has(link) || /[?&](lingua|ritorno|da|q|livello|ambito|competenza|dove)=/.test(link)) continue;
        const kind = link
          .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*')
          .replace(/[A-Z]{2}-\d{3}/g, '*')
          .replace(/(\/sviluppatori\/).+/, '$1*')
          // A list in another order, or another page of it.
          .replace(/\?.*\b(ordina|pagina|dopo|prima|stato)=.*/, '?*');
        if (kind.includes('*') && (like[kind] = (like[kind] ?? 0) + 1) > 3) continue;
        seen.add(link);
        foundOn[link] = address;
        queue.push(link);
      }
    }
    expect(looked, 'pages looked at').toBeGreaterThanOrEqual(least);
  });
}
