// The pages of who has no name: whatever anybody may open, and learning as a guest.
import { beginQuiz, check, fillIn, follow, press, question, showCard } from '../../actors.js';
import { questions } from '../../answers.js';
import { citizenWithCard } from '../../people.js';

/** The pages that anybody may open, by name. */
export const addresses = {
  home: '/',
  modules: '/moduli',
  'modules filtered': '/moduli?livello=1&ambito=S',
  'modules none found': '/moduli?livello=8',
  module: '/moduli/spid',
  'module two': '/moduli/pagamenti-online',
  'menu open': '/moduli/spid#menu',
  lesson: '/moduli/spid/che-cose-spid',
  search: '/cerca',
  'search found': '/cerca?q=prenotare+una+visita',
  'search mistyped': '/cerca?q=pagmento',
  'search urgent': '/cerca?q=mi+hanno+rubato+i+soldi',
  'search nothing': '/cerca?q=visura+catastale',
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

export async function* visitor({ page }) {
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(address);
    yield name;
  }
}

export async function* learner({ page, request, site, lang }) {
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
  await press(page, 'result-review', page.locator('.actions').first());
  yield 'question to go over';
  const review = await question(page);
  await fillIn(review.form, quiz.find((answer) => answer.id === review.id));
  await check(review.form);
  yield 'question gone over';
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
