// What scripts add to every page. What only some pages or presses need is fetched then.

const html = document.documentElement;
const $ = (selector, within = document) => within.querySelector(selector);

// The reader's own settings, before anything is drawn.
const usual = { text: '1', spacing: '', theme: 'auto' };
const settings = { ...usual };
try {
  Object.assign(settings, JSON.parse(localStorage.getItem('reader')));
} catch {
  // Nothing is kept, or nothing can be.
}
const apply = () => {
  for (const name in usual) {
    if (settings[name] === usual[name]) delete html.dataset[name];
    else html.dataset[name] = settings[name];
  }
};
apply();

const bar = $('#leggi-meglio');
const choices = $('form', bar);
for (const field of choices.querySelectorAll('input')) field.checked = field.value === settings[field.name];
choices.addEventListener('change', ({ target }) => {
  settings[target.name] = target.checked ? target.value : usual[target.name];
  apply();
  try {
    localStorage.setItem('reader', JSON.stringify(settings));
  } catch {
    // They hold for this page.
  }
});
bar.hidden = false;

// Sheets print whole, also where a style sheet cannot open what is folded.
let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('.unfolds:not([open])')];
  for (const one of folded) one.open = true;
});
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false;
});

// Reading aloud, on lessons.
const lesson = $('article.prose');
if (lesson && 'speechSynthesis' in window) {
  const voice = $('.reader-voice', bar);
  voice.hidden = false;
  const read = async () => (await import('./speak.js')).default(lesson, voice);
  $('button', voice).addEventListener('click', read, { once: true });
}

// How far whoever has a session is (its mark is a cookie that says nothing else), on pages that are
// the same for everybody. On the home page its place is kept until it is known.
const marked = () => /(?:^|; )chi=[^;]/.test(document.cookie);
const stands = $('.page-head[data-module], .module-card, .lesson-index');
let told = false;
async function standing() {
  if (!stands || !(told || marked())) return;
  told = true;
  await import('./standing.js').then((shown) => shown.default(marked()), () => {});
  delete html.dataset.known;
}
if (marked()) html.dataset.known = '';
standing();

// Results while one types: the first letter fetches what finds them.
const box = $('#cerca-home, #cerca');
box?.addEventListener('input', async () => (await import('./typing.js')).default(box), { once: true });

// What is kept to be read without a network.
const list = $('#pagine-salvate');
if (list && window.caches) import('./kept.js').then((kept) => kept.default(list));

// What was assigned is kept by itself, where nobody saves data.
const given = $('[data-keep]')?.dataset.keep.split(' ');

// Whoever has entered sees who they are, their rooms and the way out: a style sheet of theirs shows
// them, and puts the name. Without a network the page looks as it does to everybody.
const session = () => /(?:^|; )resta=(\d+)/.exec(document.cookie)?.[1];
function showOwn() {
  const before = $('#io');
  if (!session()) return before?.remove();
  const link = Object.assign(document.createElement('link'), { id: 'io', rel: 'stylesheet', href: '/io.css' });
  if (!before) html.dataset.in = '';
  link.onload = () => {
    before?.remove();
    delete html.dataset.in;
  };
  link.onerror = () => {
    if (before) link.remove();
    delete html.dataset.in;
  };
  document.head.append(link);
}
showOwn();
// Somebody may have left, or another one entered, in another tab or since this page was left.
const showAgain = () => (showOwn(), standing());
addEventListener('pageshow', ({ persisted }) => persisted && showAgain());
addEventListener('visibilitychange', () => document.visibilityState === 'visible' && showAgain());

// A session that ends when it is not used says so in time.
const idle = Number(session());
if (idle) import('./idle.js').then((watch) => watch.default(idle));

// The network: what the service worker keeps and sends, and what is said of it.
const { serviceWorker } = navigator;
const notice = $('#rete');

function say(words, href, label) {
  const line = document.createElement('p');
  line.append(notice.dataset[words], ' ');
  if (href) line.append(Object.assign(document.createElement('a'), { href, textContent: notice.dataset[label] }));
  // Said again, it would be read aloud again.
  if (notice.textContent !== line.textContent) notice.replaceChildren(line);
}

function sayWaiting(url) {
  say(url.endsWith('/letta') ? 'lesson' : 'answer');
  const step = $(`.quiz-steps .step-none[href="${new URL(url).pathname}"]`);
  if (!step) return;
  step.className = 'step-waiting';
  step.lastElementChild.textContent = ` ${notice.dataset.step}`;
}

/** Says in a form, and in its place, what it lacks: the network. What was filled in stays. */
function sayIn(form, words) {
  $('.field-error[role]', form)?.remove();
  const error = Object.assign(document.createElement('p'), { className: 'field-error', textContent: notice.dataset[words] });
  error.setAttribute('role', 'alert');
  ($('[type=submit]', form) ?? form.lastElementChild).before(error);
}
const formTo = (url) => [...document.forms].find(({ method, action }) => method === 'post' && action === url);
const sayOff = () => say('off', !list && '/offline', 'list');
const hello = (more) => serviceWorker.controller?.postMessage({ hello: { lang: html.lang, ...more } });

if (serviceWorker) {
  serviceWorker.addEventListener('message', ({ data: { needs, kept, sent, lost, enter, waiting } }) => {
    if (needs || kept) {
      // Of another tab.
      const form = formTo(needs ?? kept);
      if (!form) return;
      if (needs) return sayIn(form, 'needs');
    }
    const next = $('.lesson-nav [rel=next]');
    if (kept?.endsWith('/letta') && next && !next.href.endsWith('/quiz')) {
      location.assign(next.href);
    } else if (kept) {
      sayWaiting(kept);
    } else if (lost.length > 0) {
      say('lost');
    } else if (sent.length > 0) {
      const here = sent.some((url) => new URL(url).pathname === location.pathname);
      say('sent', here && location.pathname, 'see');
    } else if (enter) {
      say('enter', '/accedi', 'go');
    } else if (waiting.length > 0) {
      sayWaiting(waiting[0]);
      // Being in a network is not the same as reaching the site.
      if (navigator.onLine) setTimeout(hello, 3000);
    }
  });
  addEventListener('offline', sayOff);
  addEventListener('online', () => {
    notice.replaceChildren();
    hello();
  });
  serviceWorker.addEventListener('controllerchange', () => {
    // What this page was made of was fetched before there was this worker to keep it.
    const assets = performance.getEntriesByType('resource').map(({ name }) => name);
    hello({ page: location.pathname, assets });
  });
  addEventListener('load', () => {
    if (!navigator.onLine) sayOff();
    if (serviceWorker.controller) hello();
    else serviceWorker.register('/sw.js');
  });
  const course = $('#senza-rete') && /^\/moduli\/([^/]+)(?!.*\/quiz)/.exec(location.pathname)?.[1];
  if (course && window.caches) offer(course);
  if (given && window.caches && !navigator.connection?.saveData) keepGiven(given);
}

/** Has the worker keep a course, and tells whether it did. What its exercises need is kept with it. */
async function keep(course) {
  practice().catch(() => {});
  const { active } = await serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((answered) => {
    port1.onmessage = ({ data: done }) => answered(done);
    active.postMessage({ course }, [port2]);
  });
}

/** One after the other: a slow network has other things to carry. */
async function keepGiven(courses) {
  for (const course of courses) if (!(await caches.has(`course-${course}`))) await keep(course);
}

/** Offers, at the end of a course's pages, to keep the whole course. */
async function offer(course) {
  const part = $('#senza-rete').content.cloneNode(true);
  const button = $('button', part);
  const status = $('[role=status]', part);
  const tell = (words) => {
    status.textContent = status.dataset[words];
    button.disabled = words === 'working';
    button.hidden = words === 'done';
  };
  if (await caches.has(`course-${course}`)) tell('done');
  button.addEventListener('click', async () => {
    tell('working');
    tell((await keep(course)) ? 'done' : 'failed');
  });
  $('main .container').append(part);
}

/** Has a form say who is here, as the mark of the session tells: if it waits, it is theirs alone. */
function sign(form) {
  const mark = /(?:^|; )chi=([^;]*)/.exec(document.cookie)?.[1] ?? '';
  const field = form.elements.chi ?? Object.assign(document.createElement('input'), { type: 'hidden', name: 'chi' });
  field.value = mark;
  form.append(field);
}

/** Practice: in a lesson, and of what was wrong in a quiz. Its script comes with the first answer. */
const PRACTICE = /\/risposte$|\/ripasso\/\d+$/;
const practice = () => import('./practice.js');
addEventListener('focusin', ({ target }) => PRACTICE.test(target.form?.action) && practice().catch(() => {}));

// Practice is answered in place. What is sent without a network waits for it.
addEventListener('submit', (event) => {
  const form = event.target;
  const { pathname } = new URL(form.action);
  if (PRACTICE.test(pathname)) {
    event.preventDefault();
    // Where the script does not come, the form does what it does without scripts, with a network.
    practice().then((one) => one.default(form, sayIn), () => {
      if (navigator.onLine) return form.submit();
      sayIn(form, 'practice');
      addEventListener('online', () => form.requestSubmit(), { once: true });
    });
  } else if (serviceWorker?.controller && /\/letta$|\/quiz\/[^/]+\/\d+$/.test(pathname)) {
    sign(form);
    if (navigator.onLine) return;
    event.preventDefault();
    const fields = [...new FormData(form)];
    const given = fields.some(([name, value]) => value && !['domanda', 'invio', 'chi', 'una-volta'].includes(name));
    if (!given && form.matches('.question')) say('empty');
    else serviceWorker.controller.postMessage({ wait: { url: form.action, body: `${new URLSearchParams(fields)}` } });
  } else if (!navigator.onLine && form.method === 'post' && pathname !== '/esci') {
    // Whoever leaves takes their copies along, which the worker sees to without a network.
    event.preventDefault();
    sayIn(form, 'needs');
  }
  // Nothing of whoever leaves waits for the next one.
  if (pathname === '/esci') sessionStorage.clear();
});

// An answer that waited when this page was left, or loaded anew.
try {
  const waits = Object.keys(sessionStorage).some((key) => key.startsWith(`answer ${location.pathname}#`));
  if (waits) practice().then((one) => one.resume(sayIn));
} catch {
  // Nothing can be kept here.
}
