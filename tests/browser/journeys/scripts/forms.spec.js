// Every form of the site, found by walking the pages of each role, is sent, reloaded, gone back from
// and gone forward to: the browser sends it once, so it never asks whether to send it again.
import { enterWithCard, enterWithPassword } from '../../actors.js';
import { expect, own, test as networked } from '../../server.js';

// A network of its own alone: what is sent here would be in the way of others.
const test = networked.extend({ baseURL: async ({}, use) => use(undefined) });

/** What is sent where a form asks for a file. */
const FILE = { name: 'prova.csv', mimeType: 'text/csv', buffer: Buffer.from('last_name,first_name\nProva,Una\n') };

/** Where each role begins to look for pages, and the rooms that it goes through. */
const begins = {
  visitor: [/./, '/', '/accedi', '/tessera', '/accedi/dimenticata', '/accessibilita/segnala', '/moduli/spid/quiz'],
  citizen: [
    /^\/(mio-percorso|accesso|aiuto|moduli\/spid)/,
    '/mio-percorso',
    '/accesso',
    '/moduli/spid/che-cose-spid',
    '/aiuto?da=/moduli/spid/scegliere',
  ],
  facilitator: [/^\/(punto|accesso)/, '/punto', '/punto/servizi/gruppo', '/punto/gruppi', '/punto/fermi', '/accesso'],
  coordinator: [/^\/(rete|accesso|amministrazione)/, '/rete', '/rete/facilita', '/rete/segnalazioni', '/amministrazione'],
  admin: [/^\/(amministrazione|accesso)/, '/amministrazione', '/amministrazione/nuovo', '/accesso'],
};

/** What ends the session of whoever sends it comes last. */
const LEAVES = /^\/esci$|^\/accesso\/sessioni|\/disattiva$/;

/** The least forms of a role: fewer, and they are not found any more. */
const LEAST = { visitor: 7, citizen: 5, facilitator: 18, coordinator: 10, admin: 8 };

const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,27}/g;
const alike = (path) =>
  path
    .replace(id, '*')
    .replace(/\/\d+$/, '/*')
    .replace(/\/(moduli|percorsi|punti|programmi)\/[^/]+/, '/$1/*')
    .replace(/(\/moduli\/\*)\/(?!quiz|scheda|stampa)[^/]+$/, '$1/*');

/** Forms by what they are sent to: the first page that has one, and its whole address. */
async function formsOf(page, rooms, from) {
  const found = new Map();
  const seen = new Set();
  const ahead = [...from];
  for (let address; (address = ahead.shift()) && seen.size < 120; ) {
    const { pathname } = new URL(address, page.url());
    if (seen.has(alike(pathname)) && !from.includes(address)) continue;
    seen.add(alike(pathname));
    const answer = await page.request.get(address);
    if (!answer.headers()['content-type']?.startsWith('text/html')) continue;
    const html = (await answer.text()).replaceAll('&amp;', '&').replaceAll('&#x2f;', '/');
    for (const [, action] of html.matchAll(/<form [^>]*method="post"[^>]*action="([^"#]+)[^"]*"/g)) {
      if (!found.has(alike(action))) found.set(alike(action), { at: address, action });
    }
    for (const [, href] of html.matchAll(/href="(\/[^"#]*)/g)) {
      if (rooms.test(href) && !/^\/(assets|sw\.js|manifest|sviluppatori|stile|favicon)|\.csv|lingua=|\.svg/.test(href)) ahead.push(href);
    }
  }
  return [...found.values()].sort((a, b) => LEAVES.test(a.action) - LEAVES.test(b.action));
}

/** Writes something into every field that has nothing, and sends the form. */
function fillAndSend(form) {
  for (const field of form.elements) {
    if (field.type === 'checkbox' || field.type === 'radio') {
      const chosen = [...form.elements].some((other) => other.name === field.name && other.checked);
      if (!chosen) field.checked = true;
    } else if (field.tagName === 'SELECT') {
      if (!field.value) field.selectedIndex = field.options.length - 1;
    } else if (!field.value && !['hidden', 'submit', 'button', 'fieldset', 'file'].includes(field.type)) {
      field.value = { date: '2026-11-20', email: 'prova@example.org', number: '5' }[field.type] ?? 'Prova';
    }
  }
  const buttons = [...form.elements].filter((field) => field.type === 'submit');
  form.noValidate = true;
  form.requestSubmit(buttons.at(-1));
}

/** Sends the one form of this address that the page has, and waits for where it leads. */
async function send(page, { at, action }) {
  await page.goto(at, { waitUntil: 'domcontentloaded' });
  const form = page.locator(`form[method=post]:is([action="${action}"], [action^="${action}#"])`).first();
  // What was sent before may have taken this one away.
  if ((await form.count()) === 0) return false;
  for (const input of await form.locator('input[type=file]').all()) await input.setInputFiles(FILE);
  const arrived = page.waitForEvent('domcontentloaded').catch(() => {});
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await form.evaluate(fillAndSend);
  const answer = await answered;
  // A script is answered where it is.
  if (answer.request().isNavigationRequest()) {
    expect(answer.status(), `${action} leads to a page`).toBe(303);
    await arrived;
  }
  return true;
}

// One network for all, those who end what others need last.
test.describe.configure({ mode: 'serial' });
let site;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  site = await own();
});
test.afterAll(() => site?.stop());

test('two presses of a button are one', async ({ browser }) => {
  const page = await browser.newPage({ baseURL: site.address });
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/punto/gruppi');
  const name = `Due volte ${Date.now()}`;
  await page.getByLabel('Nome del gruppo').fill(name);
  await page.locator('form[action="/punto/gruppi"]').evaluate((form) => {
    form.requestSubmit();
    form.requestSubmit();
  });
  await page.waitForURL(/gruppi\/./);
  await page.goto('/punto/gruppi');
  await expect(page.locator('main').getByText(name)).toHaveCount(1);
  await page.close();
});

for (const [who, [rooms, ...from]] of Object.entries(begins)) {
  test(`every form of a ${who} is sent once`, async ({ browser }) => {
    test.setTimeout(120_000);
    const page = await browser.newPage({ baseURL: site.address });
    await page.goto('/');
    if (who === 'citizen') await enterWithCard(page, site.account(who));
    else if (who !== 'visitor') await enterWithPassword(page, site.account(who));
    const forms = await formsOf(page, rooms, from.map((path) => site.address + path));
    expect(forms.length, forms.map((form) => form.action).join('\n')).toBeGreaterThanOrEqual(LEAST[who]);
    let posts = 0;
    page.on('request', (request) => (posts += request.method() === 'POST'));
    let sent = 0;
    for (const form of forms) {
      posts = 0;
      if (!(await send(page, form))) continue;
      sent += 1;
      await test.step(form.action, async () => {
        for (const act of ['reload', 'goBack', 'goForward']) {
          await page[act]({ waitUntil: 'domcontentloaded' });
          expect(posts, `${form.action}: ${act}`).toBe(1);
        }
      });
    }
    expect(sent).toBeGreaterThanOrEqual(LEAST[who]);
    await page.close();
  });
}
