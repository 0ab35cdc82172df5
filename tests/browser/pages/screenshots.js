import { rmSync } from 'node:fs';
import { looks, show, widths } from '../inspect.js';
import { target } from '../playwright.config.js';
import { test } from '../server.js';
import { languages } from '../words.js';
import { walks } from './walks.js';

for (const lang of languages) {
  for (const [who, walk] of Object.entries(walks)) {
    test(`the pages of a ${who} (${lang})`, async ({ page, request, site }) => {
      test.setTimeout(600_000);
      const folder = `${target}/screenshots/${lang}/${who}`;
      rmSync(folder, { recursive: true, force: true });
      let number = 0;
      for await (const name of walk({ page, request, site, lang })) {
        number += 1;
        const file = `${String(number).padStart(2, '0')}-${name.replace(/[^a-z0-9]+/gi, '-')}`;
        for (const look of ['light', 'dark']) {
          await show(page, looks[look]);
          for (const width of widths) {
            await page.setViewportSize({ width, height: 800 });
            await page.screenshot({ path: `${folder}/${file}-${width}-${look}.png`, fullPage: true });
          }
        }
        await show(page, looks.light);
      }
    });
  }
}
