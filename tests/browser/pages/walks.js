// Every page of the program as a person of each role comes upon it, in either language. A walk goes
// on from page to page and says the name of each; who walks it looks at the page, measures it, or
// draws it.
import {
  answerQuiz,
  beginQuiz,
  check,
  enterWithCard,
  enterWithPassword,
  fillIn,
  follow,
  press,
  question,
  showCard,
  signOut,
} from '../actors.js';
import { questions } from '../answers.js';
import { citizenWithCard, registered, somebody } from '../people.js';
import { codeOf } from '../totp.js';
import { words } from '../words.js';

/** The pages that anybody may open, by name. */
export const addresses = {
  home: '/',
  modules: '/moduli',
  'modules filtered': '/moduli?livello=1&ambito=S',
  'modules none found': '/moduli?livello=8',
  module: '/moduli/spid',
  'module two': '/moduli/pagamenti-online',
  lesson: '/moduli/spid/che-cose-spid',
  search: '/cerca',
  'search found': '/cerca?q=prenotare+una+visita',
  'search mistyped': '/cerca?q=pagmento',
  'search nothing': '/cerca?q=xyzzyq',
  path: '/percorsi/pagare-online',
  enter: '/accedi',
  card: '/tessera',
  'password forgotten': '/accedi/dimenticata',
  'staying in': '/accesso/resta',
  register: '/registrati',
  mine: '/mio-percorso',
  totals: '/rete/totali',
  'open data': '/rete/totali/dati',
  'totals of each point': '/rete/totali/punti?ordina=nome&pagina=2',
  points: '/punti',
  'points of a place': '/punti?dove=lecce',
  'points, another page': '/punti?provincia=Bari&pagina=2',
  'points of a postcode': '/punti?dove=70199',
  point: '/punti/BA-001',
  privacy: '/privacy',
  accessibility: '/accessibilita',
  cookies: '/cookie',
  report: '/accessibilita/segnala',
  'report sent': '/accessibilita/segnala?inviata=1',
  'sheet of steps': '/moduli/spid/scheda',
  'sheet for a group': '/moduli/spid/scheda?punto=BA-001',
  'whole module': '/moduli/spid/stampa',
  'help for guests': '/aiuto?da=/moduli/spid/scegliere',
  'without a network': '/offline',
  developers: '/sviluppatori',
  'developers, an operation': '/sviluppatori/sign_in',
  'developers, a shape': '/sviluppatori/Totals',
  style: '/stile',
  'answer that is gone': '/aiuto?risposta=019ab000-0000-4000-8000-000000000000',
  'style, forms': '/stile?pagina=2',
  'style, lists': '/stile?pagina=3',
  'style, states': '/stile?pagina=4',
  'not found': '/non-esiste',
};

async function* visitor({ page }) {
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(address);
    yield name;
  }
}

async function* learner({ page, request, site, lang }) {
  const inThis = (file) => questions(lang === 'it' ? `${file}.md` : `${file}.${lang}.md`);
  const [practice] = inThis('spid/01-che-cose-spid');
  await page.goto('/moduli/spid');
  await press(page, 'module-begin');
  yield 'first lesson';
  const form = page.locator(`form.question#${practice.id}`);
  await check(form);
  yield 'practice without an answer';
  await fillIn(form, practice);
  await check(form);
  yield 'practice answered right';
  await page.goto('/moduli/spid/quiz');
  yield 'quiz';
  await beginQuiz(page, 'spid');
  const quiz = inThis('spid/90-quiz');
  const seen = new Set();
  for (let left = quiz.length; left > 0; left--) {
    const { form, id } = await question(page);
    const answer = quiz.find((answer) => answer.id === id);
    const first = !seen.has(answer.kind);
    seen.add(answer.kind);
    if (first) yield `quiz question ${answer.kind}`;
    if (left === 1) {
      await press(page, 'quiz-to-end');
      yield 'quiz with a question left';
      await press(page, 'quiz-end-finish');
      break;
    }
    await fillIn(form, answer);
    await press(page, 'quiz-answer', form);
    if (first) yield `quiz answer ${answer.kind}`;
    await press(page, 'quiz-next');
  }
  yield 'quiz passed as a guest';
  await page.goto('/moduli/spid/quiz');
  yield 'quiz again';
  await press(page, 'quiz-again');
  const again = await question(page);
  await press(page, 'quiz-answer', again.form);
  yield 'quiz question without an answer';
  const { kind, right } = quiz.find((answer) => answer.id === again.id);
  if (kind === 'one' || kind === 'many') {
    const mark = await page.getByLabel(right[0], { exact: true }).getAttribute('id');
    await page.locator(`.options input:not(#${mark})`).first().check();
    await press(page, 'quiz-answer', page.locator('form.question'));
    yield 'quiz answer wrong';
  }
  await page.goto('/moduli/spid/quiz');
  await follow(page.locator('main').getByRole('link').first());
  await press(page, 'quiz-to-end');
  await press(page, 'quiz-end-finish');
  yield 'quiz not passed';
  await page.goto('/mio-percorso');
  yield "a guest's learning";
  await showCard(page, await citizenWithCard(request, site));
  yield 'whose learning it was';
  await press(page, 'whose-yes');
  await page.goto('/mio-percorso');
  yield 'learning taken over';
  await follow(page.locator('a[href*="/presi/"]').first());
  yield 'giving back';
  await press(page, 'give-back-yes');
  yield 'given back';
}

async function* citizen({ page, request, site }) {
  await enterWithCard(page, await citizenWithCard(request, site));
  yield 'nothing learned yet';
  // No translation: in the English interface the lessons are Italian, and say so.
  await page.goto('/moduli/pagamenti-online');
  await press(page, 'module-begin');
  yield 'lesson in Italian';
  await beginQuiz(page, 'pagamenti-online');
  await answerQuiz(page, questions('pagamenti-online/90-quiz.md'));
  yield 'quiz with every answer';
  await press(page, 'quiz-end-finish');
  yield 'quiz passed as a citizen';
  await page.goto('/mio-percorso');
  yield "a citizen's learning";
  await page.goto('/aiuto?da=/moduli/spid/scegliere');
  yield 'ask for help';
  await page.getByLabel(await words(page, 'help-text'), { exact: true }).fill('Come scelgo?');
  await press(page, 'help-send');
  yield 'asked for help';
  await page.goto('/accedi');
  yield 'already entered';
  await page.goto('/punto');
  yield 'desk refused';
  await signOut(page);
  await enterWithCard(page, site.account('citizen'));
  yield 'who follows me';
  await page.goto('/mio-percorso/dati');
  yield 'my data';
  await page.locator('details').evaluateAll((all) => all.slice(0, 2).forEach((one) => (one.open = true)));
  yield 'my data open';
  await page.goto('/mio-percorso/dati/correzione');
  yield 'correction';
  await press(page, 'correction-send');
  yield 'correction refused';
  await page.goto('/mio-percorso/dati/cancella');
  yield 'erase';
  await page.goto('/verifica');
  yield 'check a certificate';
  await page.goto('/verifica/0000-0000-0000-0000');
  yield 'certificate unknown';
  await page.goto('/accesso');
  yield "a citizen's access";
}

async function* facilitator({ page, request, site }) {
  const person = somebody();
  const field = async (name) => page.getByLabel(await words(page, name), { exact: true });
  const main = page.locator('main');
  await page.goto('/accedi');
  await (await field('field-email')).fill(`nessuno${Date.now()}@esempio.it`);
  await (await field('field-password')).fill('sbagliata');
  await press(page, 'accedi-button', main);
  yield 'wrong password';
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/punto');
  yield 'desk';
  await page.goto('/punto/persone');
  yield 'everybody of the point';
  await page.goto('/punto');
  await press(page, 'point-new');
  yield 'new citizen';
  await (await field('field-codice_fiscale')).fill('ABC');
  await (await field('field-first_name')).fill('4');
  await (await field('field-last_name')).fill(person.last_name);
  await press(page, 'citizen-save');
  yield 'new citizen with mistakes';
  await (await field('field-codice_fiscale')).fill(person.codice_fiscale);
  await press(page, 'citizen-read-code');
  yield 'new citizen, code read';
  await (await field('field-first_name')).fill(person.first_name);
  await (await field('consent-notice')).check();
  await page.locator('#need-payments').check();
  await press(page, 'citizen-save');
  yield 'new citizen, card and sheet';
  await press(page, 'card-done');
  yield 'citizen';
  const record = page.url();
  await press(page, 'merge-link');
  yield 'merge, looking for the other';
  await main.getByRole('searchbox').fill('a');
  await press(page, 'point-search-button', main);
  await follow(main.getByRole('rowheader').getByRole('link').first());
  yield 'merge, compared';
  await page.goto('/punto/cittadini/importa');
  yield 'import';
  await (await field('import-text')).fill('last_name,first_name\nNeri,Pia\nRossi,\n');
  await press(page, 'import-look');
  yield 'import, looked at';
  await page.goto(record);
  await press(page, 'citizen-edit');
  yield 'correct a citizen';
  await page.goBack();
  const here = page.url().split('/').at(-1);
  await page.goto(record);
  await press(page, 'citizen-card-other');
  yield 'card to replace';
  const elsewhere = somebody();
  await registered(request, site, elsewhere, site.account('facilitator', 1));
  await page.goto('/punto/cittadini/nuovo');
  for (const [name, text] of Object.entries(elsewhere)) await (await field(`field-${name}`)).fill(text);
  await (await field('consent-notice')).check();
  await press(page, 'citizen-save');
  yield 'citizen known elsewhere';
  await (await field('field-card')).fill('2345-6789');
  await (await field('field-pin')).fill('12345');
  await press(page, 'brought-open');
  yield 'citizen known elsewhere, wrong card';
  await (await field('brought-document')).selectOption({ index: 1 });
  await press(page, 'brought-ask');
  yield 'citizen known elsewhere, asked for';
  await page.goto('/punto/schede');
  yield 'records to complete';
  await page.goto('/punto/servizi');
  yield 'services';
  await page.goto('/punto/servizi?ordina=-minuti&stato=validi');
  yield 'services by length';
  await page.goto('/punto/servizi?tipo=niente&dal=ieri');
  yield 'services with filters that are not understood';
  await page.goto('/punto/servizi?tipo=other&dal=2020-01-01&al=2020-01-02');
  yield 'services not found';
  await page.goto(`/punto/servizi/nuovo?cittadino=${here}`);
  yield 'quick help';
  await press(page, 'service-save');
  yield 'quick help with mistakes';
  await page.getByLabel(await words(page, 'need-spid'), { exact: true }).check();
  await press(page, 'service-save');
  yield 'service recorded';
  await press(page, 'service-correct');
  yield 'service to correct';
  await press(page, 'service-correct-save');
  yield 'service to correct, with mistakes';
  await (await field('service-field-reason')).fill('Prova');
  await (await field('service-field-minutes')).fill('45');
  await press(page, 'service-correct-save');
  yield 'service corrected';
  await page.getByLabel(await words(page, 'service-void-reason')).fill('Prova');
  await press(page, 'service-void');
  yield 'service voided';
  await page.goto('/punto/servizi/gruppo');
  yield 'list of who attended';
  await page.getByLabel(await words(page, 'service-find')).fill(person.last_name);
  await press(page, 'point-search-button', page.locator('main'));
  yield 'list with people found';
  await page.goto('/punto/cittadini/nuovo');
  await (await field('field-codice_fiscale')).fill(person.codice_fiscale);
  await (await field('field-first_name')).fill(person.first_name);
  await (await field('field-last_name')).fill(person.last_name);
  await (await field('consent-notice')).check();
  await press(page, 'citizen-save');
  yield 'citizen registered twice';
  await page.goto('/punto');
  await main.getByRole('searchbox').fill('nessuno si chiama cosi');
  await press(page, 'point-search-button', main);
  yield 'nobody found';
  await main.getByRole('searchbox').fill(somebody().codice_fiscale);
  await press(page, 'point-search-button', main);
  yield 'nobody with this code';
  await page.goto('/punto/gruppi');
  yield 'groups';
  await (await field('group-name')).fill(`Corso di ${person.last_name} ${person.first_name}`);
  await press(page, 'group-create');
  yield 'new group';
  await press(page, 'assign-title');
  yield 'assign';
  await (await field('assign-need-label')).fill('prenotare una visita');
  await press(page, 'assign-find');
  yield 'assign by need';
  await press(page, 'assign-button');
  yield 'assign nothing';
  await page.locator('main input[type=checkbox]').first().check();
  await press(page, 'assign-button');
  yield 'assigned';
  await page.goto('/punto/fermi');
  yield 'who is stuck';
  await page.goto('/punto/dispositivo');
  yield 'devices of the point';
  await press(page, 'devices-mark');
  yield 'a device of the point';
  await press(page, 'devices-free-this');
  await page.goto('/accesso');
  yield 'my access';
  await page.goto('/accesso/oggi');
  yield 'what I did today';
  await page.goto('/accesso/password');
  yield 'change the password';
  await page.goto('/accesso/secondo-fattore');
  yield 'set up a second factor';
  await page.goto('/accesso/conferma?ritorno=/accesso');
  yield 'confirm who you are';
}

async function* coordinator({ page, site }) {
  await page.goto('/accessibilita/segnala');
  const fill = async (text, email) => {
    await page.getByLabel(await words(page, 'report-text')).fill(text);
    await page.getByLabel(await words(page, 'report-email-label')).fill(email);
    await press(page, 'report-send');
  };
  await fill(' ', 'nessuno@dominio');
  yield 'report with mistakes';
  await fill('Il bottone non si vede.', 'nina@example.org');
  await enterWithPassword(page, site.account('coordinator'));
  await page.goto('/rete/segnalazioni');
  yield 'reports that wait';
  for (const [name, address] of Object.entries({
    network: '/rete',
    'network of a point': '/rete?punto=BA-001&dal=2026-01-01',
    'records to complete by point': '/rete/schede',
    'services of the network': '/rete/servizi',
    'services of a province': '/rete/servizi?provincia=Lecce&tipo=individual',
    'points of the network': '/rete/punti',
    'points of the network, sorted': '/rete/punti?ordina=-cittadini&pagina=3',
    'points that are quiet': '/rete/punti?stato=fermi&ordina=ultimo',
    'points that are nowhere': '/rete/punti?dove=zzz',
    'point to correct': '/rete/punti/BA-001',
    'points from a table': '/rete/punti/importa',
    'point to add': '/rete/punti/nuovo',
    accounts: '/amministrazione?ruolo=facilitator',
    'account to add': '/amministrazione/nuovo',
    programmes: '/rete/programmi',
    programme: '/rete/programmi/puglia',
    'programme to add': '/rete/programmi/nuovo',
  })) {
    await page.goto(address);
    yield name;
  }
  await press(page, 'citizen-save');
  yield 'programme with mistakes';
  await page.goto('/rete/facilita');
  yield 'facilita';
  await press(page, 'facilita-try', page.locator('main'));
  yield 'facilita tried';
  // In the other language the file is there already, and waits for its report.
  const force = page.getByLabel(await words(page, 'facilita-force'));
  if (await force.count()) await force.check();
  // Where the walk in the other language has sent everything, nothing is left to be made.
  const make = page.getByRole('button', { name: await words(page, 'facilita-make'), exact: true });
  if ((await make.count()) === 0) return;
  await press(page, 'facilita-make', page.locator('main'));
  if ((await page.locator('input[type=file]').count()) === 0) return;
  yield 'facilita file';
  const upload = async (text) => {
    const report = { name: 'scarti.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
    await page.getByLabel(await words(page, 'facilita-report'), { exact: true }).setInputFiles(report);
    await press(page, 'facilita-report-send', page.locator('main'));
  };
  const columns = `numeroRiga,note${',colonna'.repeat(29)}`;
  await upload(`${columns}\nboh`);
  yield 'facilita report with mistakes';
  await upload(`${columns}\n1,La sede non e' presente su Facilita${','.repeat(29)}`);
  yield 'facilita refused';
}

/** An account from its making to its end, and what is written down of it. */
async function* administrator({ page, site, lang }) {
  const field = async (name) => page.getByLabel(await words(page, name), { exact: true });
  const main = page.locator('main');
  await enterWithPassword(page, site.account('admin'));
  await page.goto('/amministrazione');
  yield 'accounts of everybody';
  await (await field('admin-search')).fill('example');
  await press(page, 'search-button', main);
  yield 'accounts found';
  await page.goto('/amministrazione?stato=chiuso&punto=BA-001');
  yield 'accounts, nobody found';
  await press(page, 'account-new', main);
  const email = `prova.${lang}.${Date.now()}@example.org`;
  await (await field('field-email')).fill(email);
  await (await field('account-name')).fill('Prova Inventata');
  await (await field('account-role-label')).selectOption('facilitator');
  await press(page, 'account-add', main);
  yield 'account to add with mistakes';
  await (await field('account-point-label')).selectOption({ index: 3 });
  await press(page, 'account-add', main);
  yield 'link for an account';
  const link = await main.locator('.long-link').getAttribute('href');
  await press(page, 'link-kept', main);
  yield 'account that waits for its password';
  await press(page, 'account-link', main);
  yield 'account whose link waits';
  await signOut(page);
  await page.goto(link);
  yield 'choose a password';
  const choose = async (password) => {
    await (await field('field-new-password')).fill(password);
    await (await field('field-again')).fill(password);
    await press(page, 'password-button', main);
  };
  await choose('aaaaaaaaaaaaaaaa');
  yield 'password that is easily guessed';
  const password = 'lampione verde sopra Trani';
  await choose(password);
  yield 'password chosen';
  await enterWithPassword(page, { email, password });
  await page.goto('/accesso/secondo-fattore');
  const confirm = async (code) => {
    await (await field('second-factor-code')).fill(code);
    await press(page, 'second-factor-button', main);
  };
  await confirm('000000');
  yield 'second factor with a wrong code';
  await confirm(codeOf(await main.locator('strong').textContent()));
  yield 'recovery codes';
  const code = await main.locator('code').first().textContent();
  await press(page, 'recovery-kept');
  yield 'access with a second factor';
  await signOut(page);
  await enterWithPassword(page, { email, password });
  yield 'code of the second factor';
  const enter = async (code) => {
    await (await field('field-code')).fill(code);
    await press(page, 'code-button', main);
  };
  await enter('000000');
  yield 'wrong code of the second factor';
  await enter(code);
  await signOut(page);
  await page.goto('/accedi/dimenticata');
  await (await field('field-email')).fill(email);
  await press(page, 'forgotten-button', main);
  yield 'new password asked for';
  await enterWithPassword(page, site.account('admin'));
  await page.goto('/amministrazione');
  yield 'accounts, one asks for a password';
  await follow(main.locator('.lone-link').last());
  yield 'account that asks for a password';
  await press(page, 'account-disable');
  yield 'account that may not enter';
  await press(page, 'room-register');
  yield 'register of what was done';
  await page.goto('/amministrazione/registro?giorno=2020-01-01');
  yield 'register, nothing found';
}

const byRole = { visitor, learner, citizen, facilitator, coordinator, administrator };

/** By role: takes `{ page, request, site, lang }`, walks in that language, yields each page's name. */
export const walks = Object.fromEntries(
  Object.entries(byRole).map(([who, walk]) => [
    who,
    async function* (given) {
      await given.page.goto(`/?lingua=${given.lang}`);
      yield* walk(given);
    },
  ]),
);
