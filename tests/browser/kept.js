// The HTML of every page that a walk comes upon, as the server sent it, for validators to read: the
// browser's own copy is mended already.
import { mkdirSync, writeFileSync } from 'node:fs';

const folder = process.env.AUTONOMIA_PAGES;

/** From now on keeps what the page gets, where `AUTONOMIA_PAGES` names a folder. */
export function keepPages(page, walk) {
  if (!folder) return async () => {};
  const own = `${folder}/${walk}`;
  mkdirSync(own, { recursive: true });
  const writing = [];
  let number = 0;
  page.on('response', (response) => {
    const kind = response.headers()['content-type'] ?? '';
    const shown = response.request().isNavigationRequest() && kind.startsWith('text/html');
    if (!shown || (response.status() >= 300 && response.status() < 400)) return;
    number += 1;
    const file = `${own}/${String(number).padStart(3, '0')}.html`;
    // A page that was left before it was read whole is met again on the way.
    writing.push(response.body().then((body) => writeFileSync(file, body), () => {}));
  });
  return async () => void (await Promise.all(writing));
}
