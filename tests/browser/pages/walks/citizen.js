// The pages of a citizen who has a card.
import { answerQuiz, beginQuiz, enterWithCard, follow, press, signOut } from '../../actors.js';
import { questions } from '../../answers.js';
import { citizenWithCard } from '../../people.js';
import { words } from '../../words.js';

export async function* citizen({ page, request, site }) {
  await enterWithCard(page, await citizenWithCard(request, site));
  yield 'nothing learned yet';
  // No translation: in the English interface the lessons are Italian, and say so.
  await page.goto('/moduli/pagamenti-online');
  await press(page, 'module-begin');
  yield 'lesson in Italian';
  await beginQuiz(page, 'pagamenti-online');
  await answerQuiz(page, questions('pagamenti-online/90-quiz.md'));
  yield 'quiz with every answer';
  await press(page, 'quiz-see-result');
  yield 'quiz passed as a citizen';
  await page.goto('/mio-percorso');
  yield "a citizen's learning";
  await follow(page.locator('a[href*="/attestati/"]').first());
  yield 'certificate';
  const serial = await page.locator('.certificate-serial').textContent();
  await page.goto(`/verifica/${serial}`);
  yield 'certificate checked';
  await page.goto('/aiuto?da=/moduli/spid/scegliere');
  yield 'ask for help';
  await page.getByLabel(await words(page, 'help-text'), { exact: true }).fill('Come scelgo?');
  await press(page, 'help-send');
  yield 'asked for help';
  await page.goto('/accedi');
  yield 'already entered';
  await page.goto('/punto');
  yield 'desk refused';
  await signOut(page);
  await enterWithCard(page, site.account('citizen'));
  yield 'who follows me';
  await page.goto('/mio-percorso/dati');
  yield 'my data';
  await page.locator('details').evaluateAll((all) => all.slice(0, 2).forEach((one) => (one.open = true)));
  yield 'my data open';
  await page.goto('/mio-percorso/dati/correzione');
  yield 'correction';
  await page.locator('main textarea').fill('Il cognome ha due enne.');
  await press(page, 'correction-send');
  yield 'correction refused';
  await page.goto('/mio-percorso/dati/cancella');
  yield 'erase';
  await page.goto('/verifica');
  yield 'check a certificate';
  await page.goto('/verifica/0000-0000-0000-0000');
  yield 'certificate unknown';
  await page.goto('/accesso');
  yield "a citizen's access";
}
