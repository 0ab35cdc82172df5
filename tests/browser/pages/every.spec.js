import { hasAHead, hasColours, hasEdges, isAccessible, looks, widths } from '../inspect.js';
import { bearsSpacing, hasLargeTargets, reflows, standsStill } from '../measure.js';
import { test } from '../server.js';
import { languages } from '../words.js';
import { walks } from './walks.js';

for (const lang of languages) {
  for (const [who, walk] of Object.entries(walks)) {
    test(`every page of a ${who} (${lang}) is accessible`, async ({ page, request, site, javaScriptEnabled }) => {
      test.setTimeout(600_000);
      // Without scripts and in another language the words and the boxes may be others; colours and
      // styles are the same.
      const scripted = javaScriptEnabled !== false;
      const coloured = scripted && lang === languages[0];
      for await (const name of walk({ page, request, site, lang })) {
        await hasAHead(page, name);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 });
          await isAccessible(page, name, coloured ? ['dark'] : []);
        }
        await page.setViewportSize({ width: widths[0], height: 800 });
        if (coloured) await hasColours(page, name, 'high contrast');
        if (coloured) for (const look of Object.keys(looks)) await hasEdges(page, name, look);
        await hasLargeTargets(page, name);
        await reflows(page, name);
        if (!scripted) continue;
        await bearsSpacing(page, name);
        await standsStill(page, name);
      }
    });
  }
}
