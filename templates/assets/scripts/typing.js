// Results under the search box while one types. They are plain links; Enter still sends the form.

const PAUSE = 250;
const MOST = 5;

/** Begins to answer under a search box. */
export default function typing(box) {
  const { dataset, content } = document.querySelector('#mentre-scrivi');
  const counts = [...content.querySelectorAll('span')].map((span) => span.textContent);
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  const list = document.createElement('ol');
  list.className = 'hits typed-hits';
  const results = document.createElement('div');
  results.className = 'typed';
  results.append(status, list);
  (box.closest('.big-search-row') ?? box).after(results);

  // What the page had found before.
  const found = box.id === 'cerca' ? () => [...box.form.parentElement.querySelectorAll('form ~ *')] : () => [];
  let asking = new AbortController();
  let timer;

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const query = box.value.trim();
    for (const old of found()) old.hidden = query !== '';
    if (query.length < 2) return show('', []);
    const address = `/api/v1/search?limit=${MOST}&q=${encodeURIComponent(query)}`;
    try {
      const answer = await fetch(address, { signal: asking.signal });
      const { hits } = await answer.json();
      show(hits.length === 0 ? dataset.nothing : hits.length < MOST ? counts[hits.length - 1] : dataset.first, hits);
    } catch {
      // Another letter came first, or there is no network: the form still works.
    }
  }

  function show(words, hits) {
    status.textContent = words;
    list.replaceChildren(...hits.map(line));
    inSight();
  }

  /** A keyboard covers half of a phone: where the results would be under it, the box goes to the top. */
  function inSight() {
    const { height, offsetTop } = visualViewport;
    const shown = list.firstElementChild ?? status;
    if (document.activeElement !== box || !status.textContent) return;
    if (shown.getBoundingClientRect().bottom > offsetTop + height) box.form.scrollIntoView({ block: 'start' });
  }
  visualViewport.addEventListener('resize', inSight);

  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();
}

function line({ url, title, heading, lang, snippet }) {
  const item = document.createElement('li');
  item.lang = lang;
  const link = document.createElement('a');
  link.href = url;
  link.textContent = heading ? `${title}: ${heading}` : title;
  const text = document.createElement('p');
  // Escaped by the server, with <mark> around the words.
  text.innerHTML = snippet;
  item.append(link, text);
  return item;
}
