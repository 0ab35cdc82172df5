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
addEventListener('pageshow', ({ persisted }) => persisted && showOwn());
addEventListener('visibilitychange', () => document.visibilityState === 'visible' && showOwn());

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

const sayWaiting = (url) => say(url.endsWith('/letta') ? 'lesson' : 'answer');
const sayOff = () => say('off', !list && '/offline', 'list');
const hello = (more) => serviceWorker.controller?.postMessage({ hello: { lang: html.lang, ...more } });

if (serviceWorker) {
  serviceWorker.addEventListener('message', ({ data: { kept, sent, lost, enter, waiting } }) => {
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

/** Has the worker keep a course, and tells whether it did. */
async function keep(course) {
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

// Practice is answered in place. What is sent without a network waits for it.
addEventListener('submit', (event) => {
  const form = event.target;
  const { pathname } = new URL(form.action);
  if (pathname.endsWith('/risposte')) {
    event.preventDefault();
    // Where the script does not come, the form does what it does without scripts.
    import('./practice.js').then((practice) => practice.default(form), () => form.submit());
  } else if (serviceWorker?.controller && /\/letta$|\/quiz\/[^/]+\/\d+$/.test(pathname)) {
    sign(form);
    if (navigator.onLine) return;
    event.preventDefault();
    const fields = [...new FormData(form)];
    const given = fields.some(([name, value]) => value && !['domanda', 'invio', 'chi', 'una-volta'].includes(name));
    if (!given && form.matches('.question')) say('empty');
    else serviceWorker.controller.postMessage({ wait: { url: form.action, body: `${new URLSearchParams(fields)}` } });
  }
});
