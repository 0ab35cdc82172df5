import { keepPages } from '../kept.js';
import { hasAHead, hasColours, hasEdges, isAccessible, looks, widths } from '../inspect.js';
import { bearsSpacing, hasLargeTargets, isShort, reflows, standsStill } from '../measure.js';
import { test } from '../server.js';
import { languages } from '../words.js';
import { walks } from './walks.js';

const [narrow, wide] = widths;

for (const lang of languages) {
  for (const [who, walk] of Object.entries(walks)) {
    test(`every page of a ${who} (${lang}) is accessible`, async ({ page, request, site, javaScriptEnabled }) => {
      test.setTimeout(600_000);
      // Without scripts and in another language the words and the boxes may be others, above all
      // where there is little room; colours and styles are the same.
      const scripted = javaScriptEnabled !== false;
      const coloured = scripted && lang === languages[0];
      const looksAt = { [narrow]: 'high contrast', [wide]: 'dark' };
      const kept = scripted ? keepPages(page, `${lang}-${who}`) : async () => {};
      for await (const name of walk({ page, request, site, lang })) {
        await hasAHead(page, name);
        for (const width of coloured ? [wide, narrow] : [narrow]) {
          await page.setViewportSize({ width, height: 800 });
          await isShort(page, name);
          // Contrast takes most of the time, and colours do not hang on the width.
          await isAccessible(page, name, { coloured: coloured && width === narrow });
          if (coloured) await hasColours(page, name, looksAt[width]);
        }
        if (coloured) for (const look of Object.keys(looks)) await hasEdges(page, name, look);
        await hasLargeTargets(page, name);
        await reflows(page, name);
        if (!scripted) continue;
        await bearsSpacing(page, name);
        await standsStill(page, name);
      }
      await kept();
    });
  }
}
