// A citizen who hears the pages: everything is found by its role and its name, as a screen reader
// says them, and what it says at the stations of the way is written down here.
import { change, enterWithCard, fillIn, follow } from '../actors.js';
import { questions } from '../answers.js';
import { citizenWithCard } from '../people.js';
import { expect, test } from '../server.js';

const quiz = questions('pagamenti-online/90-quiz.md');

/** The question that is asked on the page, found by the name of its group. */
async function asked(main) {
  for (const answer of quiz) {
    const group = main.getByRole('group', { name: answer.title });
    if (await group.count()) return { group, answer };
  }
  throw new Error('no group is called by a question of the quiz');
}

test('a citizen who hears the pages finds a module and completes it', async ({ page, request, site }) => {
  test.setTimeout(120_000);
  const main = page.getByRole('main');
  const link = (name) => follow(main.getByRole('link', { name, exact: true }));
  const button = (name) => follow(main.getByRole('button', { name, exact: true }));

  await enterWithCard(page, await citizenWithCard(request, site));
  await page.goto('/');
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - link "Vai al contenuto"
    - banner:
      - navigation "Lingua":
        - list:
          - listitem:
            - link "IT"
          - listitem:
            - link "EN"
      - link "Menu"
    - main:
      - heading [level=1]
      - search:
        - searchbox "Che cosa vuoi imparare a fare?"
        - button "Cerca"
      - region "Parti da quello che ti serve":
        - heading "Parti da quello che ti serve" [level=2]
    - contentinfo:
      - navigation "Informazioni sul sito"
  `);
  await main.getByRole('searchbox', { name: 'Che cosa vuoi imparare a fare?' }).fill('pagare un avviso');
  await button('Cerca');

  await expect(main).toMatchAriaSnapshot(`
    - main:
      - heading "Cerca nelle lezioni" [level=1]
      - search:
        - searchbox "Cerca nelle lezioni": pagare un avviso
        - button "Cerca"
      - status
      - heading "Pagare online in sicurezza" [level=2]
      - list:
        - listitem:
          - heading "Pagare un avviso passo per passo"
  `);
  await expect(main.getByRole('status')).toHaveText(/risultati per «pagare un avviso»$/);
  // The module's own page is among what was found too.
  await follow(main.getByRole('link', { name: 'Pagare online in sicurezza', exact: true }).first());

  await expect(page.getByRole('navigation', { name: 'Percorso di navigazione' })).toMatchAriaSnapshot(`
    - navigation "Percorso di navigazione":
      - list:
        - listitem:
          - link "Impara"
  `);
  await expect(main).toMatchAriaSnapshot(`
    - main:
      - heading "Pagare online in sicurezza" [level=1]
      - region "Le lezioni":
        - heading "Le lezioni" [level=2]
        - list:
          - listitem:
            - link "Che cos'è pagoPA"
  `);
  await link('Comincia la prima lezione');

  await expect(main).toMatchAriaSnapshot(`
    - main:
      - heading "Che cos'è pagoPA" [level=1]
      - paragraph: /Lezione 1 di 15/
      - article:
        - heading "Un esempio" [level=2]
        - group "Una sola risposta A che cosa serve pagoPA?":
          - radio "A comprare oggetti nei negozi online"
          - radio "A pagare gli enti pubblici"
          - radio "Ad aprire un conto in banca"
        - button "Controlla la risposta"
      - 'button "Ho letto: avanti"'
      - navigation "Altre lezioni"
  `);
  for (let number = 1; number < 15; number++) {
    await expect(main).toMatchAriaSnapshot(`- paragraph: /Lezione ${number} di 15/`);
    await button('Ho letto: avanti');
  }
  await button('Ho letto: vai al quiz');

  await expect(main).toMatchAriaSnapshot(`
    - main:
      - heading [level=1]
      - list:
        - listitem: 10 domande, una per pagina.
        - listitem: Superi il modulo con il 70% dei punti.
      - button "Comincia il quiz"
      - link "Torna al modulo"
  `);
  await button('Comincia il quiz');

  for (let number = 1; number <= quiz.length; number++) {
    await expect(main).toMatchAriaSnapshot(`
      - main:
        - heading "Domanda ${number} di 10" [level=1]
        - navigation "Le domande del quiz"
        - group
        - button "Rispondi"
    `);
    const { group, answer } = await asked(main);
    await fillIn(group, answer);
    await button('Rispondi');
    await expect(main).toMatchAriaSnapshot(`
      - main:
        - heading "Domanda ${number} di 10" [level=1]
        - heading [level=2]
        - status:
          - strong: Giusto!
    `);
    if (number < quiz.length) await link('Prossima domanda');
  }
  await button('Chiudi il quiz e vedi il risultato');

  await expect(main).toMatchAriaSnapshot(`
    - main:
      - heading "Complimenti, ce l'hai fatta!" [level=1]
      - paragraph:
        - strong: 100%
      - region "Che cosa abbiamo segnato":
        - paragraph: /Abbiamo segnato che hai finito questo corso/
      - region "Le tue risposte":
        - list:
          - listitem: /Giusta/
  `);
  await change(page.getByRole('banner').getByRole('link', { name: 'Menu', exact: true }));
  await expect(page.getByRole('navigation', { name: 'Menu principale' })).toMatchAriaSnapshot(`
    - navigation "Menu principale":
      - list:
        - listitem:
          - link "Impara"
        - listitem:
          - link "Il mio percorso"
        - listitem:
          - link "I numeri della rete"
  `);
  await follow(page.getByRole('navigation', { name: 'Menu principale' }).getByRole('link', { name: 'Il mio percorso' }));
  await expect(main).toMatchAriaSnapshot(`
    - main:
      - heading "Il mio percorso" [level=1]
      - region "Il prossimo passo":
        - heading "Il prossimo passo" [level=2]
        - paragraph:
          - link "Comincia la prima lezione"
      - region "Completati":
        - heading "Completati" [level=2]
  `);
  const completed = page.getByRole('region', { name: 'Completati' });
  await expect(completed.getByRole('link', { name: 'Pagare online in sicurezza', exact: true })).toBeVisible();
});
