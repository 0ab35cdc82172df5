// Warns two minutes before a session ends that is not used, and stays in on a press or on any use of
// the page. Pages that are the same for everybody do not reach the session by themselves: while
// somebody reads them, this does.

const WARN = 120_000;
const OFTEN = 60_000;
const KEY = 'resta';

const opened = Date.now();
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
  document.body.append(dialog);
  dialog.addEventListener('close', stay);
  dialog.showModal();
}

async function stay() {
  const answer = await fetch('/accesso/resta', { method: 'POST', redirect: 'manual' });
  if (!answer.ok) return;
  localStorage.setItem(KEY, Date.now());
  hide();
}

/** Begins to watch a session that ends after so many seconds without use. */
export default function watch(seconds) {
  const idle = seconds * 1000;
  if (document.querySelector('.session-end')) localStorage.setItem(KEY, opened);
  else if (Date.now() - (Number(localStorage.getItem(KEY)) || 0) > OFTEN) stay();
  for (const act of ['keydown', 'pointerdown', 'scroll']) {
    addEventListener(act, () => !asked && Date.now() - used() > OFTEN && stay(), { passive: true });
  }
  setInterval(() => {
    const left = idle - (Date.now() - used());
    if (left > WARN) hide();
    else ask(left > 0 ? 0 : 1);
  }, 5000);
}
