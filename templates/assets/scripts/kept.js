// The page of what can be read without a network: the copies, by course.

/** Fills a list with links to the lessons that are kept; what follows it says that there are none. */
export default async function kept(list) {
  document.querySelector('#al-posto').hidden = location.pathname === '/offline';
  const courses = new Map();
  for (const name of (await caches.keys()).filter((name) => /^opened$|^course-/.test(name))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      const [, course, lesson] = /^\/moduli\/([^/]+)(\/[^/]+)?$/.exec(pathname) ?? [];
      if (!course) continue;
      const page = await read(await cache.match(request, { ignoreVary: true }));
      const known = courses.get(course) ?? { front: null, lessons: new Map() };
      if (lesson) known.lessons.set(lesson, link(pathname, page.querySelector('h1')));
      // A lesson names its course in the way that leads to it.
      known.front ??= lesson ? text(page.querySelector('.crumbs li:last-child a')) : null;
      if (!lesson) known.front = link(pathname, page.querySelector('h1'));
      courses.set(course, known);
    }
  }
  for (const { front, lessons } of courses.values()) {
    const inner = document.createElement('ul');
    inner.append(...[...lessons.values()].map((line) => item(line)));
    list.append(item(...[front, lessons.size > 0 && inner].filter(Boolean)));
  }
  list.nextElementSibling.hidden = courses.size > 0;
}

async function read(copy) {
  return new DOMParser().parseFromString(await copy.text(), 'text/html');
}

function link(href, words) {
  return Object.assign(text(words, 'a'), { href });
}

/** The words of an element of another page, in their language. */
function text(words, tag = 'span') {
  const { lang } = words.closest('[lang]');
  return Object.assign(document.createElement(tag), { lang, textContent: words.textContent });
}

function item(...content) {
  const line = document.createElement('li');
  line.append(...content);
  return line;
}
