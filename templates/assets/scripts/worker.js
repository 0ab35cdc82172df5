// Serves the site without a network, and sends what was done without one when it is back.
//
// Kept are: the shell (styles and scripts), the pages of courses that were opened, whole courses
// that somebody asked for. Never a quiz, nor a page made for one person. The server writes before
// this text which files the shell has (SHELL), and a name for them (VERSION).

const shell = `shell-${VERSION}`;
const OPENED = 'opened';
const COURSE = 'course-';
const PAGES_OPENED = 60;
const COURSES = 20;
const BYTES = 30e6;
/** How long the network may take before a copy is shown, in milliseconds. */
const PATIENCE = 3000;

/** The pages that are the same for everybody. */
const SHARED = /^\/$|^\/percorsi\/[^/]+$|^\/moduli\/[^/]+(\/(?!quiz$)[^/]+)?$/;
/** Files whose address has their version. */
const LASTING = /^\/(assets|moduli\/[^/]+\/immagini)\/[^?]+\?v=/;
/** What learners send, and where somebody enters or leaves; a form of the desk is left to the browser. */
const FORMS = /^\/(moduli\/|esci$|accedi$|tessera$)/;
/** What can be sent later, and again: a lesson read, an answer to a quiz. */
const CAN_WAIT = /\/letta$|\/quiz\/[^/]+\/\d+$/;
const anyway = { ignoreVary: true, ignoreSearch: true };

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll(SHELL)));
});

addEventListener('activate', (event) => {
  event.waitUntil(forget((name) => name.startsWith('shell-') && name !== shell));
  // A page need not wait until an old phone has started this.
  event.waitUntil(registration.navigationPreload?.enable());
  event.waitUntil(clients.claim());
});

addEventListener('fetch', (event) => {
  const { mode, method, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (origin !== location.origin) return;
  if (mode === 'navigate' && method === 'GET') event.respondWith(page(event, pathname, search));
  else if (mode === 'navigate' && FORMS.test(pathname)) event.respondWith(send(event, pathname));
  else if (method === 'GET' && LASTING.test(pathname + search)) event.respondWith(asset(event.request));
});

addEventListener('message', (event) => {
  const { hello, wait: form, course } = event.data;
  if (hello) event.waitUntil(meet(hello).then(sendWaiting));
  if (form) event.waitUntil(wait(form.url, form.body).then(() => event.source.postMessage({ kept: form.url })));
  if (course) {
    const answer = (done) => event.ports[0].postMessage(done);
    event.waitUntil(keepCourse(course).then(() => answer(true), () => answer(false)));
  }
});

addEventListener('sync', (event) => event.waitUntil(sendWaiting()));

// Reading ------------------------------------------------------------------------------------

/** The network's page, or the copy where the network is slow or gone. */
async function page(event, pathname, search) {
  const copy = await caches.match(pathname, anyway);
  const answer = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request));
  const kept = answer.then((response) => keep(pathname, response.clone()), () => {});
  event.waitUntil(kept);
  // The copy may be in the language that is being left, and is not what a form was answered with.
  const hurry = copy && !/[?&](lingua|risposta)=/.test(search) ? [later(PATIENCE).then(() => copy)] : [];
  try {
    return await Promise.race([answer, ...hurry]);
  } catch {
    return copy ?? (await caches.match('/offline', anyway)) ?? Response.error();
  }
}

/** Files with a version in their address never change; an older page may ask for an older version. */
async function asset(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  try {
    const response = await fetch(request);
    const inCourse = /^\/moduli\/([^/]+)/.exec(new URL(request.url).pathname);
    if (response.ok) await (await caches.open(inCourse ? await cacheOf(inCourse[1]) : shell)).put(request, response.clone());
    return response;
  } catch {
    return (await caches.match(request, anyway)) ?? Response.error();
  }
}

async function keep(pathname, response) {
  if (!response.ok || !SHARED.test(pathname) || isPrivate(response)) return;
  const [, course, lesson] = /^\/moduli\/([^/]+)(\/.+)?/.exec(pathname) ?? [];
  const cache = await caches.open(await cacheOf(course));
  const before = await cache.match(pathname, anyway);
  const changed = before && before.headers.get('etag') !== response.headers.get('etag');
  // What is put again stands last.
  await cache.put(pathname, response);
  // A course's own page names its revision: with another one the whole copy is old.
  if (changed && !lesson && (await caches.has(COURSE + course))) await keepCourse(course);
  const opened = await caches.open(OPENED);
  for (const oldest of (await opened.keys()).slice(0, -PAGES_OPENED)) await opened.delete(oldest);
}

function isPrivate(response) {
  return /no-store/.test(response.headers.get('cache-control'));
}

async function cacheOf(course) {
  return course && (await caches.has(COURSE + course)) ? COURSE + course : OPENED;
}

/** Keeps a course: its own page, its lessons, their images. All or nothing. */
async function keepCourse(course) {
  const front = `/moduli/${course}`;
  const text = await (await get(front)).text();
  const found = (pattern, text) => [...text.matchAll(pattern)].map((match) => match[1]);
  const lessons = found(new RegExp(`href="(${front}/[a-z0-9-]+)"`, 'g'), text).filter((href) => SHARED.test(href));
  const all = await Promise.all([front, ...new Set(lessons)].map(async (href) => [href, await get(href)]));
  const pages = all.filter(([, response]) => !isPrivate(response));
  const texts = await Promise.all(pages.map(([, response]) => response.clone().text()));
  const images = texts.flatMap((text) => found(/src="(\/moduli\/[^"]+\/immagini\/[^"]+)"/g, text));
  const files = await Promise.all([...new Set(images)].map(async (src) => [src, await get(src)]));
  await caches.delete(COURSE + course);
  await makeRoom();
  const cache = await caches.open(COURSE + course);
  const opened = await caches.open(OPENED);
  try {
    for (const [href, response] of [...pages, ...files]) {
      await cache.put(href, response);
      await opened.delete(href, anyway);
    }
  } catch (full) {
    await caches.delete(COURSE + course);
    throw full;
  }
}

async function get(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}

/** Lets the course go that was kept first, where there are too many or they are too large. */
async function makeRoom() {
  const courses = (await caches.keys()).filter((name) => name.startsWith(COURSE));
  const used = async () => (await navigator.storage?.estimate?.())?.usage ?? 0;
  while (courses.length >= COURSES || (courses.length > 0 && (await used()) > BYTES)) {
    await caches.delete(courses.shift());
  }
}

async function forget(which) {
  const names = (await caches.keys()).filter(which);
  return Promise.all(names.map((name) => caches.delete(name)));
}

/** What a page tells when it opens: its language; the first one also what it is made of. */
async function meet({ lang, page, assets = [] }) {
  const cache = await caches.open(shell);
  const known = `/offline?${lang}`;
  try {
    if (!(await cache.match(known))) {
      const response = await get(known);
      const text = await response.clone().text();
      for (const [, src] of text.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)) assets.push(src);
      await cache.delete('/offline', anyway);
      await cache.put(known, response);
    }
    if (page) await keep(page, await get(page));
    const files = assets.map((src) => new URL(src, location)).filter(({ pathname, search }) => LASTING.test(pathname + search));
    await Promise.all(files.map((src) => asset(new Request(src))));
  } catch {
    // Without a network now: the next page tries again.
  }
}

// Sending ------------------------------------------------------------------------------------

/** A form on its way; without a network it waits, if it can. */
async function send(event, pathname) {
  const { request } = event;
  const url = request.url;
  if (pathname === '/esci') event.waitUntil(leave());
  // While the guest who was here still is.
  if (pathname === '/accedi' || pathname === '/tessera') await sendWaiting();
  const body = CAN_WAIT.test(pathname) && request.clone().text();
  try {
    return await fetch(request);
  } catch {
    if (body) await wait(url, await body);
    const next = body && (await nextLesson(pathname));
    if (next) return Response.redirect(next, 303);
    // Nobody is led away from what they wrote: no content, and the page says why.
    for (const page of await clients.matchAll()) page.postMessage(body ? { kept: url } : { needs: url });
    return new Response(null, { status: 204 });
  }
}

async function nextLesson(pathname) {
  const copy = await caches.match(pathname.replace(/\/letta$/, ''), anyway);
  return copy && /rel="next" href="([^"]+)"/.exec(await copy.text())?.[1];
}

/** Nothing of somebody who leaves stays for the next one. */
async function leave() {
  await Promise.all([forget((name) => name === OPENED || name.startsWith(COURSE)), store((outbox) => outbox.clear())]);
}

let sending;

/**
 * Sends what waits, in order, once: two pages that ask at the same time share one sending. The server
 * takes it only from whom it waited for: it says 409 where somebody else is in by now.
 */
function sendWaiting() {
  sending ??= sendEach().finally(() => (sending = undefined));
  return sending;
}

async function sendEach() {
  let signedOut = false;
  for (const { url, body } of await waiting()) {
    const who = new URLSearchParams(body).get('chi') ?? '';
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'waited-for': who };
    const form = { method: 'POST', body, headers };
    const response = await fetch(url, form).catch(() => {});
    if (!response || response.status >= 500 || response.status === 429) break;
    signedOut = new URL(response.url).pathname === '/accedi';
    if (signedOut) break;
    // What the server refuses will not be taken another time either.
    const over = response.ok ? 'sent' : response.status === 409 && 'lost';
    await store((outbox) => (over ? outbox.put({ url, over }) : outbox.delete(url)));
  }
  await tell(signedOut);
}

/** Tells the open pages what waits, and what was sent or lost until somebody has seen it. */
async function tell(enter) {
  const all = await store((outbox) => outbox.getAll(), 'readonly');
  const urls = (over) => all.filter((form) => form.over === over).map(({ url }) => url);
  const [waiting, sent, lost] = [urls(), urls('sent'), urls('lost')];
  const pages = await clients.matchAll();
  for (const page of pages) page.postMessage({ enter, waiting, sent, lost });
  if (pages.some(({ visibilityState }) => visibilityState === 'visible')) {
    for (const url of [...sent, ...lost]) await store((outbox) => outbox.delete(url));
  }
}

/** Puts a form among those that wait; another one to the same address takes its place. */
async function wait(url, body) {
  await store((outbox) => outbox.put({ url, body }));
  // Sends it even when no page is open, where the browser can.
  await registration.sync?.register('outbox').catch(() => {});
}

async function waiting() {
  const all = await store((outbox) => outbox.getAll(), 'readonly');
  return all.filter(({ over }) => !over);
}

/** Does something with the forms that wait, kept in the browser's database. */
function store(act, mode = 'readwrite') {
  return new Promise((done, failed) => {
    const open = indexedDB.open('autonomia', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('outbox', { keyPath: 'url' });
    open.onerror = () => failed(open.error);
    open.onsuccess = () => {
      const transaction = open.result.transaction('outbox', mode);
      const request = act(transaction.objectStore('outbox'));
      transaction.oncomplete = () => {
        open.result.close();
        done(request.result);
      };
      transaction.onabort = () => failed(transaction.error);
    };
  });
}

function later(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
