// How far a learner is, on pages that are the same for everybody: the next step, lessons read, and
// modules begun or done. Nothing is kept of it, and all of it goes when somebody else comes.

const $$ = (selector, within = document) => within.querySelectorAll(selector);
let undo = [];

/** Shows where whoever has a session stands; to nobody else anything. */
export default async function standing(known) {
  const answer = known && (await fetch('/api/v1/me/progress').catch(() => {}));
  for (const back of undo) back();
  undo = [];
  if (!answer?.ok) return;
  const { modules, next } = await answer.json();
  for (const go of next ? $$('.go-on') : []) goOn(go, next);
  for (const module of modules) {
    for (const place of $$(`[data-module="${module.module}"]`)) tell(place, module);
    const path = `/moduli/${module.module}`;
    if (`${location.pathname}/`.startsWith(`${path}/`)) lessons(path, module);
  }
}

/** Changes something, so that it can be as it was. */
function change(element, property, value) {
  const before = element[property];
  element[property] = value;
  undo.push(() => (element[property] = before));
}

function goOn(go, { href, label, title, lang }) {
  const [name, link] = [go.querySelector('strong'), go.querySelector('a')];
  change(name, 'textContent', title);
  change(name, 'lang', lang);
  change(link, 'textContent', label);
  change(link, 'href', href);
  change(go, 'hidden', false);
}

/** A module's card, or the head of its own page. */
function tell(place, { detail, next, completion }) {
  const line = place.querySelector('.standing');
  change(line.lastElementChild, 'textContent', detail);
  change(line, 'className', completion ? 'standing standing-done' : 'standing');
  const begin = place.querySelector('#comincia');
  if (!begin || !next) return;
  change(begin.firstElementChild, 'textContent', next.label);
  change(begin, 'href', next.href);
}

/** The lessons of the module that is open, and the one that is read. */
function lessons(path, { read_lessons: read, completion, attempt, next }) {
  const words = document.querySelector('#a-che-punto').content;
  const tick = (link, what) => {
    const item = link.closest('li');
    const said = words.querySelector(`[data-for=${what}]`).cloneNode(true);
    link.append(said);
    item.classList.add('is-read');
    undo.push(() => (said.remove(), item.classList.remove('is-read')));
  };
  for (const link of $$('.lesson-list li:not(.lesson-list-quiz) a, .lesson-index a')) {
    if (read.some((lesson) => link.pathname === `${path}/${lesson}`)) tick(link, 'lesson');
  }
  const quiz = completion && document.querySelector('.lesson-list-quiz a');
  if (quiz) tick(quiz, 'quiz');
  const help = document.querySelector('.read-on [data-read]');
  if (help && read.some((lesson) => location.pathname === `${path}/${lesson}`)) {
    change(help, 'textContent', help.dataset.read);
  }
  // From a lesson that is read again there is a way back to the quiz.
  const nav = attempt && next && document.querySelector('.lesson-nav');
  if (!nav) return;
  const back = Object.assign(document.createElement('a'), { href: next.href, textContent: next.label });
  nav.append(back);
  undo.push(() => back.remove());
}
