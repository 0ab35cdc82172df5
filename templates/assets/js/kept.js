// The page of what can be read without a network: the copies, by course.

/** Fills a list with links to the lessons that are kept; what follows it says that there are none. */
export default async function kept(list) {
  const courses = new Map();
  for (const name of (await caches.keys()).filter((name) => /^opened$|^course-/.test(name))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      const [, course, lesson] = /^\/moduli\/([^/]+)(\/[^/]+)?$/.exec(pathname) ?? [];
      if (!course) continue;
      const line = await link(pathname, await cache.match(request, { ignoreVary: true }));
      const { front, lessons } = courses.get(course) ?? { front: null, lessons: new Map() };
      if (lesson) lessons.set(lesson, line);
      courses.set(course, { front: lesson ? front : line, lessons });
    }
  }
  for (const { front, lessons } of courses.values()) {
    const inner = document.createElement('ul');
    inner.append(...[...lessons.values()].map((line) => item(line)));
    list.append(item(...[front, lessons.size > 0 && inner].filter(Boolean)));
  }
  list.nextElementSibling.hidden = courses.size > 0;
}

async function link(href, copy) {
  const page = new DOMParser().parseFromString(await copy.text(), 'text/html');
  const heading = page.querySelector('h1');
  const { lang } = heading.closest('[lang]');
  return Object.assign(document.createElement('a'), { href, lang, textContent: heading.textContent });
}

function item(...content) {
  const line = document.createElement('li');
  line.append(...content);
  return line;
}
