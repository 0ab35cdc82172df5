// Every measure can fail: each is given a page that breaks it, and nothing else.
import { hasAHead, hasColours, hasEdges, isAccessible } from '../inspect.js';
import { fault } from '../judge.js';
import { bearsSpacing, hasLargeTargets, isShort, reflows, standsStill } from '../measure.js';
import { expect, test } from '../server.js';

const broken = [
  ['a page without a title', hasAHead, '<main><h1>Uno</h1></main>'],
  ['a field without a label', isAccessible, '<title>Prova</title><main><h1>Uno</h1><input></main>'],
  ['grey on grey', hasColours, '<p style="color:#999;background:#aaa">Testo</p>'],
  ['a faint edge', hasEdges, '<input style="border:1px solid #eee;background:#fff">'],
  ['a wide box', reflows, '<p style="width:600px">Testo</p>'],
  ['a box of a fixed height', bearsSpacing, '<p style="height:20px;width:120px;overflow:hidden">Un testo di due righe</p>'],
  ['two texts on one place', bearsSpacing, '<p>Uno due tre</p><p style="position:absolute;top:10px">Uno due tre</p>'],
  ['a small button', hasLargeTargets, '<button style="height:30px">Invia</button>'],
  ['a page without an end', isShort, '<p style="height:6100px">Testo</p>'],
  [
    'a part without an end',
    isShort,
    '<main><details><summary>Parte</summary><p style="height:6100px">Testo</p></details></main>',
  ],
  ['what slides', standsStill, '<p style="transition:transform 1s">Testo</p>'],
];

for (const [what, measure, html] of broken) {
  test(`${what} is found`, async ({ page }) => {
    await page.setContent(`<!doctype html><html lang="it"><meta name="viewport" content="width=device-width">${html}`);
    expect(await fault(() => measure(page, what)), 'the measure finds nothing').not.toBeNull();
  });
}
