import { keepPages } from '../kept.js';
import { test } from '../server.js';
import { languages } from '../words.js';
import { walks } from './walks.js';

for (const lang of languages) {
  for (const [who, walk] of Object.entries(walks)) {
    test(`the HTML of a ${who} (${lang})`, async ({ page, request, site }) => {
      test.setTimeout(600_000);
      const kept = keepPages(page, `${lang}-${who}`);
      for await (const name of walk({ page, request, site, lang })) void name;
      await kept();
    });
  }
}
