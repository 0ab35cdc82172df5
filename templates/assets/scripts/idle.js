// Warns two minutes before a session ends that is not used, and stays in on a press or on any use of
// the page. Pages that are the same for everybody do not reach the session by themselves: while
// somebody reads them, this does.

const WARN = 120_000;
const OFTEN = 60_000;
const KEY = 'resta';

const [SOON, OVER] = [0, 1];
const opened = Date.now();
let idle;
const used = () => Math.max(opened, Number(localStorage.getItem(KEY)) || 0);
let asked;

/** The words are on a page of their own: fetching it does not put off the end. */
async function words(which) {
  const answer = await fetch('/accesso/resta');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('#resta').content.querySelectorAll('dialog')[which];
}

function hide() {
  const dialog = asked?.dialog;
  asked = undefined;
  dialog?.remove();
}

async function ask(which) {
  if (asked?.which === which) return;
  hide();
  const now = { which };
  asked = now;
  const dialog = await words(which);
  // Meanwhile another page of the same browser may have stayed in.
  if (asked !== now) return;
  now.dialog = dialog;
  if (which === OVER) leave(dialog);
  else dialog.addEventListener('close', stay);
  document.body.append(dialog);
  dialog.showModal();
}

/** A page made for one person goes with the session: the next one at this screen reads nothing. */
function leave(dialog) {
  if (!line()) return;
  document.body.replaceChildren();
  document.title = dialog.querySelector('h2').textContent;
  dialog.addEventListener('close', () => location.replace('/accedi'));
}

const line = () => document.querySelector('.session-end');

/** Until when, as the page says it. */
function say(end) {
  const text = line()?.firstChild;
  const time = new Date(end).toLocaleTimeString('it-IT', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Rome' });
  if (text) text.data = text.data.replace(/\d\d:\d\d/, time);
}

async function stay() {
  const answer = await fetch('/accesso/resta', { method: 'POST', redirect: 'manual' });
  if (!answer.ok) return;
  localStorage.setItem(KEY, Date.now());
  say(Date.now() + idle);
  hide();
}

/** Begins to watch a session that ends after so many seconds without use. */
export default function watch(seconds) {
  idle = seconds * 1000;
  if (line()) localStorage.setItem(KEY, opened);
  else if (Date.now() - (Number(localStorage.getItem(KEY)) || 0) > OFTEN) stay();
  for (const act of ['keydown', 'pointerdown', 'scroll']) {
    addEventListener(act, () => !asked && Date.now() - used() > OFTEN && stay(), { passive: true });
  }
  setInterval(() => {
    const left = idle - (Date.now() - used());
    if (left > WARN) hide();
    else ask(left > 0 ? SOON : OVER);
  }, 5000);
}
