import { rmSync } from 'node:fs';
import { widths } from '../inspect.js';
import { target } from '../playwright.config.js';
import { test } from '../server.js';
import { walks } from './walks.js';

for (const [who, walk] of Object.entries(walks)) {
  test(`the pages of a ${who}`, async ({ page, request, site }) => {
    test.setTimeout(300_000);
    const folder = `${target}/screenshots/${who}`;
    rmSync(folder, { recursive: true, force: true });
    let number = 0;
    for await (const name of walk({ page, request, site })) {
      number += 1;
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        const file = `${String(number).padStart(2, '0')}-${name.replace(/[^a-z0-9]+/gi, '-')}-${width}.png`;
        await page.screenshot({ path: `${folder}/${file}`, fullPage: true });
      }
    }
  });
}
