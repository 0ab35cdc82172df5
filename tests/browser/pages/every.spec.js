import { keepPages } from '../kept.js';
import { fully, hasAHead, hasColours, hasEdges, isAccessible, looks, show, widths } from '../inspect.js';
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
      const kept = scripted ? keepPages(page, `${lang}-${who}`) : async () => {};
      for await (const name of walk({ page, request, site, lang })) {
        await hasAHead(page, name);
        if (coloured) {
          await show(page, looks.dark);
          await page.setViewportSize({ width: wide, height: 800 });
          await isShort(page, name);
          await isAccessible(page, `${name}, dark`);
        }
        await page.setViewportSize({ width: narrow, height: 800 });
        await isShort(page, name);
        if (coloured) {
          await hasEdges(page, `${name}, dark`);
          await show(page, looks['high contrast']);
          await hasColours(page, `${name}, high contrast`);
          await hasEdges(page, `${name}, high contrast`);
          await show(page, looks.light);
          await hasEdges(page, name);
        }
        // In another language the page has the same parts, with the same roles and names.
        if (fully || lang === languages[0]) await isAccessible(page, name, { coloured });
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
