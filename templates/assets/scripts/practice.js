// Practice questions answered where they stand: the form goes to its address, and its place is
// taken by what the page that comes back says. Without a network the answer waits on the page, and
// in the tab, so that a page loaded anew has it still; it goes out when the network is back.

const AGAIN = 5000;
const waiting = new Map();
const keyOf = (form) => `answer ${location.pathname}#${form.id}`;

/** Sends a practice question's form; `say` puts words into it. */
export default async function practise(form, say) {
  const button = form.querySelector('[type=submit]');
  const place = form.closest('.practice') ?? form;
  const body = new URLSearchParams(new FormData(form));
  const resent = waiting.has(form);
  clearTimeout(waiting.get(form));
  button.disabled = true;
  let answer;
  try {
    answer = await fetch(form.action, { method: 'POST', body });
  } catch {
    button.disabled = false;
    return wait(form, body, say);
  }
  waiting.delete(form);
  keep(form, null);
  try {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const answered = page.querySelector('.answered');
    const again = page.querySelector('details.again') ?? page.querySelector('form.question');
    if (!again) throw new Error('the page has no question');
    const practice = document.createElement('div');
    practice.className = 'practice';
    practice.append(...[answered, again].filter(Boolean));
    // Whoever went on reading meanwhile is not called back.
    const { activeElement } = document;
    const elsewhere = resent && activeElement !== document.body && !place.contains(activeElement);
    place.replaceWith(practice);
    if (!elsewhere) focus(practice.querySelector('.verdict') ?? practice.querySelector('[autofocus]'));
  } catch {
    button.disabled = false;
    say(form, 'needs');
  }
}

/** Fills in the answers that waited on this page, and sends them. */
export function resume(say) {
  for (const form of document.querySelectorAll('form.question')) {
    const kept = sessionStorage.getItem(keyOf(form));
    if (kept === null) continue;
    const given = new URLSearchParams(kept);
    for (const field of form.elements) {
      if (/radio|checkbox/.test(field.type)) field.checked = given.getAll(field.name).includes(field.value);
      else if (field.name && field.type !== 'hidden') field.value = given.get(field.name) ?? '';
    }
    practise(form, say);
  }
}

function wait(form, body, say) {
  const first = !waiting.has(form);
  // Being in a network is not the same as reaching the site.
  waiting.set(form, setTimeout(() => navigator.onLine && form.isConnected && practise(form, say), AGAIN));
  keep(form, body);
  if (!first) return;
  say(form, 'practice');
  addEventListener('online', () => form.isConnected && practise(form, say), { once: true });
}

function keep(form, body) {
  try {
    if (body) sessionStorage.setItem(keyOf(form), body);
    else sessionStorage.removeItem(keyOf(form));
  } catch {
    // It waits on the page alone.
  }
}

/** What was just said is where the reader is; what is missing, where they go on. */
function focus(element) {
  if (!element) return;
  if (element.matches('.verdict')) element.tabIndex = -1;
  element.focus();
}
