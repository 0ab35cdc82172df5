// Practice questions answered where they stand: the form goes to its address, and its place is
// taken by what the page that comes back says.

/** Sends a practice question's form. */
export default async function practise(form) {
  const button = form.querySelector('[type=submit]');
  const place = form.closest('.practice') ?? form;
  button.disabled = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: 'POST', body });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const answered = page.querySelector('.answered');
    const again = page.querySelector('details.again') ?? page.querySelector('form.question');
    if (!again) throw new Error('the page has no question');
    const practice = document.createElement('div');
    practice.className = 'practice';
    practice.append(...[answered, again].filter(Boolean));
    place.replaceWith(practice);
    focus(practice.querySelector('.verdict') ?? practice.querySelector('.field-error'));
  } catch {
    button.disabled = false;
    complain(form);
  }
}

/** What was just said is where the reader is. */
function focus(element) {
  if (!element) return;
  element.tabIndex = -1;
  element.focus();
}

function complain(form) {
  form.querySelector('.field-error')?.remove();
  const error = document.createElement('p');
  error.className = 'field-error';
  error.role = 'alert';
  error.textContent = document.querySelector('#rete').dataset.check;
  form.querySelector('[type=submit]').before(error);
}
