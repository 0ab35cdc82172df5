// Every form of the site, found by walking the pages of each role, is sent, reloaded, gone back from
// and gone forward to: the browser sends it once, so it never asks whether to send it again.
import { readFileSync, readdirSync } from 'node:fs';
import { enterWithCard, enterWithPassword, follow, leave } from '../actors.js';
import { citizenWithCard, registered, somebody } from '../people.js';
import { expect, own, test as networked } from '../server.js';
import { codeOf } from '../totp.js';

// A network of its own alone: what is sent here would be in the way of others.
const test = networked.extend({ baseURL: async ({}, use) => use(undefined) });

/** What is sent where a form asks for a file. */
const FILE = { name: 'prova.csv', mimeType: 'text/csv', buffer: Buffer.from('last_name,first_name\nProva,Una\n') };

/** What is written into a field of this name; into others a word or a day. */
const VALUES = { q: 'Greco', code: 'prova-1', hash: 'A', minutes: '30', phone: '080 123456', codice_fiscale: '', pin: '00000' };

/** The days that a file for Facilita is made of. */
const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const LATELY = `/rete/facilita?programma=puglia&dal=${day(60)}&al=${day(0)}`;

/** Where each role begins to look for pages, and the rooms that it goes through. */
const begins = {
  guest: [/./, '/', '/accedi', '/tessera', '/accedi/dimenticata', '/accessibilita/segnala', '/moduli/spid/quiz', '/stile?pagina=2'],
  citizen: [
    /^\/(mio-percorso|accesso|aiuto|moduli\/spid)/,
    '/mio-percorso',
    '/accesso',
    '/moduli/spid/che-cose-spid',
    '/aiuto?da=/moduli/spid/scegliere',
  ],
  editor: [/^\/accesso/, '/moduli', '/accesso'],
  facilitator: [/^\/(punto|accesso)/, '/punto', '/punto/servizi', '/punto/servizi/gruppo', '/punto/gruppi', '/punto/fermi', '/accesso'],
  coordinator: [
    /^\/(rete|amministrazione)/,
    '/rete',
    LATELY,
    '/rete/facilita',
    '/rete/punti',
    '/rete/punti/importa',
    '/rete/programmi',
    '/rete/verifica',
    '/rete/segnalazioni',
    '/amministrazione',
  ],
  admin: [/^\/amministrazione/, '/amministrazione', '/amministrazione/nuovo'],
};

/** What takes something away that other forms need comes last, in this order. */
const ENDS = [/\/(togli|ritira)$/, /\/(annulla|ferma|nessuna|richiama|disattiva)$/, /\/(chiudi|cancella)$/, /^\/esci$/];
const rank = ({ address }) => 1 + ENDS.findIndex((end) => end.test(address));

/** Forms that are gone when it is their turn, and why. */
const GONE = {
  '/rete/facilita/{batch}/nessuna': 'the file was answered, or called back, before',
  '/rete/facilita/{batch}/richiama': 'the file was answered before',
  '/punto/cittadini/{id}/unioni/{merge}/annulla': 'the two records were parted before',
};

/** Addresses that no page of this walk has a form for, and why. */
const NEVER = {
  '/accesso/resta': 'a script asks for it, and no page comes of it (idle.spec.js)',
  '/mio-percorso/presi/{id}': 'only what was taken from a guest is given back (whose.spec.js)',
  '/punto/cittadini/{id}/presi/{takeover}': 'the same at the desk',
  '/punto/cittadini/{id}/tessera/riapri': 'only a card that too many wrong PINs closed is opened again',
  '/rete/facilita/tolti/{service}': 'only what Facilita has and was voided is taken out there',
  '/rete/facilita/cancellati/{service}/{citizen}': 'only what Facilita has of somebody who was erased',
};

/** The addresses of the routes that take a form. */
const addresses = (() => {
  const folder = new URL('../../../src/web/routes/', import.meta.url);
  const found = [];
  for (const file of readdirSync(folder).filter((name) => name !== 'api.rs')) {
    const source = readFileSync(new URL(file, folder), 'utf8');
    for (const [, path] of source.matchAll(/\b(?:act|form|large)\(\s*site,\s*"([^"]+)"/g)) found.push(path);
    for (const [whole, path] of source.matchAll(/web::resource\("([^"]+)"\)[^;]*/g)) {
      if (whole.includes('web::post()')) found.push(path);
    }
  }
  const names = (path) => path.split('{').length;
  return found
    .map((path) => ({ path, is: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`) }))
    .sort((one, other) => names(one.path) - names(other.path));
})();
const addressOf = (action) => addresses.find(({ is }) => is.test(action.split(/[?#]/)[0]))?.path ?? action;

const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,27}/g;
const alike = (path) =>
  path
    .replace(id, '*')
    .replace(/\/\d+$/, '/*')
    .replace(/\/(moduli|percorsi|punti|programmi)\/(?!nuovo|importa)[^/]+/, '/$1/*')
    .replace(/(\/moduli\/\*)\/(?!quiz|scheda|stampa)[^/]+$/, '$1/*');

/** The forms of pages, by the address that each is sent to. */
class Forms {
  found = new Map();
  #seen = new Set();

  constructor(page, rooms) {
    this.page = page;
    this.rooms = rooms;
  }

  /** Takes the forms of a page, and goes on to the pages that it links to. */
  async look(html, at) {
    const ahead = this.#read(html, at);
    for (let address; (address = ahead.shift()) && this.#seen.size < 90; ) {
      const { pathname } = new URL(address, at);
      if (this.#seen.has(alike(pathname))) continue;
      this.#seen.add(alike(pathname));
      ahead.push(...(await this.#open(address)));
    }
  }

  async begin(address) {
    const links = await this.#open(address);
    this.#seen.add(alike(new URL(address, this.page.url()).pathname));
    return links;
  }

  async #open(address) {
    const answer = await this.page.request.get(new URL(address, this.page.url()).href);
    if (!answer.headers()['content-type']?.startsWith('text/html')) return [];
    return this.#read(await answer.text(), address);
  }

  #read(text, at) {
    const html = text.replaceAll('&amp;', '&').replaceAll('&#x2f;', '/');
    for (const [, action] of html.matchAll(/<form [^>]*method="post"[^>]*action="([^"#]+)[^"]*"/g)) {
      const address = addressOf(action);
      if (!this.found.has(address)) this.found.set(address, { at, address });
    }
    const links = [...html.matchAll(/href="(\/[^"#]*)/g)].map(([, href]) => href);
    const closed = /^\/(assets|sw\.js|manifest|sviluppatori|favicon)|\.csv|lingua=|\.svg/;
    return links.filter((href) => this.rooms.test(href) && !closed.test(href));
  }

  /** The next one to send, those that end something last. */
  next(done) {
    const left = [...this.found.values()].filter(({ address }) => !done.has(address));
    return left.sort((one, other) => rank(one) - rank(other))[0];
  }
}

/** Writes something into every field that has nothing, and sends the form. */
function fillAndSend(form, values) {
  for (const field of form.elements) {
    if (field.type === 'checkbox' || field.type === 'radio') {
      const chosen = [...form.elements].some((other) => other.name === field.name && other.checked);
      if (!chosen) field.checked = true;
    } else if (field.tagName === 'SELECT') {
      if (!field.value) field.selectedIndex = field.options.length - 1;
    } else if (!field.value && !['hidden', 'submit', 'button', 'fieldset', 'file'].includes(field.type)) {
      field.value = values[field.name] ?? { date: values.day, email: 'prova@example.org', number: '5' }[field.type] ?? 'Prova';
    }
  }
  const buttons = [...form.elements].filter((field) => field.type === 'submit');
  form.noValidate = true;
  form.requestSubmit(buttons.at(-1));
}

/** The form of a page that is sent to this address. */
async function formOf(page, address) {
  for (const form of await page.locator('form[method=post]').all()) {
    if (addressOf(await form.getAttribute('action')) === address) return form;
  }
  return null;
}

/** Sends the form that is on the page, reloads, goes back and forward: one form is sent. */
async function sendsOnce(page, form, address, values = {}) {
  for (const input of await form.locator('input[type=file]').all()) await input.setInputFiles(FILE);
  let posts = 0;
  const count = (request) => (posts += request.method() === 'POST');
  page.on('request', count);
  const arrived = page.waitForEvent('domcontentloaded').catch(() => {});
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await form.evaluate(fillAndSend, { ...VALUES, day: day(0), ...values });
  const answer = await answered;
  // A script is answered where it is.
  if (answer.request().isNavigationRequest()) {
    expect(answer.status(), `${address} leads to a page`).toBe(303);
    await arrived;
  }
  const led = { html: await page.content(), at: page.url() };
  for (const act of ['reload', 'goBack', 'goForward']) {
    await page[act]({ waitUntil: 'domcontentloaded' });
    expect(posts, `${address}: ${act}`).toBe(1);
  }
  page.off('request', count);
  sent.add(address);
  return led;
}

/** Sends the form of the page that is open, and stays where it leads. */
async function sendThis(page, address, values) {
  await test.step(address, async () => {
    const form = await formOf(page, address);
    expect(form, `${page.url()} has a form for ${address}`).not.toBeNull();
    await sendsOnce(page, form, address, values);
  });
}

// One network for all, those who end what others need last.
test.describe.configure({ mode: 'serial' });
let site;
/** What was sent by anybody. */
const sent = new Set();
test.beforeAll(async () => {
  test.setTimeout(240_000);
  site = await own();
});
test.afterAll(() => site?.stop());

/** A page of a browser of its own. */
async function opened(browser) {
  const page = await browser.newPage({ baseURL: site.address });
  await page.goto('/');
  return page;
}

/** Enough without scripts: whose phone may have none. The forms of the staff are sent where there are. */
const AT_HOME = ['guest', 'citizen', 'editor'];

const enter = {
  guest: async () => {},
  citizen: async (page) => enterWithCard(page, site.account('citizen')),
};

test('two presses of a button are one', async ({ browser }) => {
  const page = await opened(browser);
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

test('two presses at the door let one in', async ({ browser }) => {
  const page = await opened(browser);
  const { email, password } = site.account('facilitator');
  await page.goto('/accedi');
  const form = page.locator('main form[action="/accedi"]');
  await form.locator('[name=email]').fill(email);
  await form.locator('[name=password]').fill(password);
  await leave(page, () =>
    form.evaluate((form) => {
      form.requestSubmit();
      form.requestSubmit();
    }),
  );
  await page.goto('/punto');
  await expect(page).toHaveURL(/\/punto$/);
  await page.close();
});

for (const [who, [rooms, ...from]] of Object.entries(begins)) {
  test(`every form of a ${who} is sent once`, async ({ browser, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled === false && !AT_HOME.includes(who), 'of the staff, with scripts alone');
    test.setTimeout(180_000);
    const page = await opened(browser);
    const inside = enter[who] ?? ((page) => enterWithPassword(page, site.account(who)));
    await inside(page);
    const forms = new Forms(page, rooms);
    const links = [];
    for (const path of from) links.push(...(await forms.begin(site.address + path)));
    await forms.look(links.map((href) => `<a href="${href}">`).join(''), page.url());
    const done = new Set();
    for (let form; (form = forms.next(done)); ) {
      const { at, address } = form;
      done.add(address);
      await test.step(address, async () => {
        await page.goto(at, { waitUntil: 'domcontentloaded' });
        let here = await formOf(page, address);
        if (!here && new URL(page.url()).pathname === '/accedi') {
          // Out by what was sent before.
          await inside(page);
          await page.goto(at, { waitUntil: 'domcontentloaded' });
          here = await formOf(page, address);
        }
        if (!here) {
          expect(Object.keys(GONE), `${who}: ${address} is not at ${at} any more`).toContain(address);
          return;
        }
        const led = await sendsOnce(page, here, address);
        // What came of it may ask for more: a file that was looked at is confirmed.
        await forms.look(led.html, led.at);
      });
    }
    await page.close();
  });
}

test('whoever enters where somebody learned answers once whose it was', async ({ browser, request }) => {
  const page = await opened(browser);
  await page.goto('/moduli/spid/che-cose-spid');
  await sendThis(page, '/moduli/{module}/{lesson}/letta');
  const { card, pin } = await citizenWithCard(request, site);
  await page.goto('/tessera');
  await sendThis(page, '/tessera', { tessera: card, pin });
  await page.goto('/accedi/sei-tu');
  await sendThis(page, '/accedi/sei-tu');
  await page.close();
});

test('a record of another point is asked for once', async ({ browser, request, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'of the staff, with scripts alone');
  const person = somebody();
  const { id } = await registered(request, site, person);
  const other = site.account('facilitator', 1);
  await registered(request, site, { ...person, point: other.point }, other);
  const page = await opened(browser);
  await enterWithPassword(page, other);
  for (const act of ['documento', 'apri']) {
    await page.goto(`/punto/cittadini/${id}`);
    await sendThis(page, `/punto/cittadini/{id}/${act}`);
  }
  await page.close();
});

test('two records are made one, and parted again, once', async ({ browser, request, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'of the staff, with scripts alone');
  const person = { first_name: 'Prova', last_name: 'Doppia' };
  const { id } = await registered(request, site, person);
  const { id: other } = await registered(request, site, person);
  const page = await opened(browser);
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto(`/punto/cittadini/${id}/unisci/${other}`);
  const [, , , kept] = new URL(page.url()).pathname.split('/');
  await sendThis(page, '/punto/cittadini/{id}/unisci/{other}');
  await page.goto(`/punto/cittadini/${kept}`);
  await sendThis(page, '/punto/cittadini/{id}/unioni/{merge}/annulla');
  await page.close();
});

test('what a visitor reports is answered once', async ({ browser, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'of the staff, with scripts alone');
  const page = await opened(browser);
  await page.goto('/accessibilita/segnala');
  await sendThis(page, '/accessibilita/segnala', { page: 'La prima pagina', text: 'Non si legge.' });
  await enterWithPassword(page, site.account('coordinator'));
  await page.goto('/rete/segnalazioni');
  await sendThis(page, '/rete/segnalazioni/{id}');
  await page.close();
});

test('a new account is opened, and its second factor set up, once', async ({ browser, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'of the staff, with scripts alone');
  const boss = await opened(browser);
  await enterWithPassword(boss, site.account('admin'));
  await boss.goto('/amministrazione/nuovo');
  const email = 'nuova.porta@example.org';
  await sendThis(boss, '/amministrazione/nuovo', { email, name: 'Nuova Porta' });
  const link = await boss.locator('a.long-link').getAttribute('href');

  const page = await opened(browser);
  await page.goto(new URL(link).pathname + new URL(link).search);
  const password = 'due gatti sotto la pioggia';
  await sendThis(page, '/accedi/password', { password, again: password });
  await page.goto('/accedi');
  await sendThis(page, '/accedi', { email, password });
  await page.goto('/accesso/secondo-fattore');
  const shown = await page.locator('main strong').allTextContents();
  const key = shown.find((text) => text.length > 30);
  await sendThis(page, '/accesso/secondo-fattore', { code: codeOf(key) });
  for (const address of ['/accesso/codici', '/accesso/password']) {
    await page.goto(address === '/accesso/codici' ? '/accesso' : address);
    await sendThis(page, address);
  }
  await page.goto('/accesso/conferma');
  await sendThis(page, '/accesso/conferma', { current: password });
  await boss.goto('/amministrazione');
  await sendThis(boss, '/amministrazione/cerca', { q: email });
  await follow(boss.getByRole('link', { name: /Nuova Porta/ }).first());
  await sendThis(boss, '/amministrazione/{account}/sessioni/chiudi');
  await boss.close();
  await page.goto('/accedi');
  await sendThis(page, '/accedi', { email, password });
  await sendThis(page, '/accedi/codice', { code: '000000' });
  await page.close();
});

test('no form of the site was left out', async ({ javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'the forms of the staff are sent with scripts alone');
  const all = addresses.map(({ path }) => path);
  expect(all.length).toBeGreaterThan(60);
  const left = all.filter((path) => !sent.has(path));
  expect(left.sort()).toEqual(Object.keys(NEVER).sort());
});
