// Every page of the program as a person of each role comes upon it. A walk goes on from page to
// page and says the name of each; who walks it looks at the page, measures it, or draws it.
import {
  answerQuiz,
  beginQuiz,
  enterWithCard,
  enterWithPassword,
  fillIn,
  follow,
  question,
} from '../actors.js';
import { questions } from '../answers.js';
import { citizenWithCard, somebody } from '../people.js';

const addresses = {
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
  register: '/registrati',
  mine: '/mio-percorso',
  totals: '/rete/totali',
  privacy: '/privacy',
  accessibility: '/accessibilita',
  cookies: '/cookie',
  style: '/stile',
  'not found': '/non-esiste',
};

async function* visitor({ page }) {
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(address);
    yield name;
  }
  await page.goto('/?lingua=en');
  yield 'home in English';
  for (const name of ['modules', 'module', 'module two', 'search found', 'mine', 'totals']) {
    await page.goto(addresses[name]);
    yield `${name} in English`;
  }
}

async function* learner({ page }) {
  const [practice] = questions('spid/01-che-cose-spid.md');
  await page.goto('/moduli/spid');
  await follow(page.getByRole('link', { name: 'Comincia la prima lezione' }));
  yield 'first lesson';
  const form = page.locator(`form.question#${practice.id}`);
  await follow(form.getByRole('button', { name: 'Controlla la risposta' }));
  yield 'practice without an answer';
  await fillIn(page.locator('form.question'), practice);
  await follow(page.getByRole('button', { name: 'Controlla la risposta' }));
  yield 'practice answered right';
  await page.goto('/moduli/spid/quiz');
  yield 'quiz';
  await beginQuiz(page, 'spid');
  const quiz = questions('spid/90-quiz.md');
  const seen = new Set();
  for (let left = quiz.length; left > 0; left--) {
    const { form, id } = await question(page);
    const answer = quiz.find((answer) => answer.id === id);
    const first = !seen.has(answer.kind);
    seen.add(answer.kind);
    if (first) yield `quiz question ${answer.kind}`;
    if (left === 1) {
      await follow(page.getByRole('link', { name: 'Vai alla fine del quiz' }));
      yield 'quiz with a question left';
      await follow(page.getByRole('button', { name: 'Chiudi il quiz' }));
      break;
    }
    await fillIn(form, answer);
    await follow(form.getByRole('button', { name: 'Rispondi' }));
    if (first) yield `quiz answer ${answer.kind}`;
    await follow(page.getByRole('link', { name: 'Prossima domanda' }));
  }
  yield 'quiz passed as a guest';
  await page.goto('/moduli/spid/quiz');
  yield 'quiz again';
  await follow(page.getByRole('button', { name: 'Rifai il quiz' }));
  await follow(page.getByRole('link', { name: 'Vai alla fine del quiz' }));
  await follow(page.getByRole('button', { name: 'Chiudi il quiz' }));
  yield 'quiz not passed';
  await page.goto('/mio-percorso');
  yield "a guest's learning";
}

async function* citizen({ page, request, site }) {
  await enterWithCard(page, await citizenWithCard(request, site));
  yield 'nothing learned yet';
  await beginQuiz(page, 'pagamenti-online');
  await answerQuiz(page, questions('pagamenti-online/90-quiz.md'));
  yield 'quiz with every answer';
  await follow(page.getByRole('button', { name: 'Chiudi il quiz' }));
  yield 'quiz passed as a citizen';
  await page.goto('/mio-percorso');
  yield "a citizen's learning";
  await page.goto('/accedi');
  yield 'already entered';
  await page.goto('/punto');
  yield 'desk refused';
}

async function* facilitator({ page, site }) {
  const person = somebody();
  await page.goto('/accedi');
  await page.getByLabel('Indirizzo e-mail').fill('nessuno@esempio.it');
  await page.getByLabel('Password').fill('sbagliata');
  await follow(page.locator('main').getByRole('button', { name: 'Accedi' }));
  yield 'wrong password';
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/punto');
  yield 'desk';
  await follow(page.getByRole('link', { name: 'Registra una persona' }));
  yield 'new citizen';
  await page.getByLabel('Codice fiscale').fill('ABC');
  await page.getByLabel('Nome', { exact: true }).fill('4');
  await page.getByLabel('Cognome', { exact: true }).fill(person.last_name);
  await follow(page.getByRole('button', { name: 'Salva' }));
  yield 'new citizen with mistakes';
  await page.getByLabel('Codice fiscale').fill(person.codice_fiscale);
  await page.getByLabel('Nome', { exact: true }).fill(person.first_name);
  await follow(page.getByRole('button', { name: 'Salva' }));
  yield 'citizen';
  await follow(page.getByRole('link', { name: 'Correggi i dati' }));
  yield 'correct a citizen';
  await page.goBack();
  await follow(page.getByRole('button', { name: 'Dai una tessera' }));
  yield 'card given';
  await page.goto('/punto');
  await page.getByLabel('Cerca una persona').fill('nessuno si chiama cosi');
  await follow(page.locator('main').getByRole('button', { name: 'Cerca' }));
  yield 'nobody found';
}

export const walks = { visitor, learner, citizen, facilitator };
