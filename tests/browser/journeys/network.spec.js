// The whole way of a citizen, in browsers: the desk, the card, the phone at home, the total,
// Facilita and back.
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { answerQuiz, change, closeQuiz, enterWithPassword, follow, readEveryLesson } from '../actors.js';
import { questions } from '../answers.js';
import { readAgain, somebody } from '../people.js';
import { expect, test } from '../server.js';
import { oneMore, totals } from '../totals.js';

const quiz = questions('spid/90-quiz.md');

/** The address in a QR code, read from its picture on the page as a phone reads it. */
async function scanned(image) {
  const { data, width, height } = PNG.sync.read(await image.screenshot());
  return jsqr(new Uint8ClampedArray(data), width, height).data;
}

/** The report of one refused row, a file. */
const refused = (number, note) => {
  const columns = 'numeroRiga,note,IDFacilitatore,NominativoFacilitatore,IDSede,NominativoSede,AN3,AN4,AN5,AN6,AN7,AN8,'
    + 'AN9,AN10,AN11,AN12,PR1,PR2,SE1,SE2,SE3,SE4,SE5,SE6,SE7,ES1,ES2,ES3,ES4,ES5,ES6';
  const text = `${columns}\n${number},${note}${','.repeat(29)}`;
  return { name: 'scarti.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
};

/** The rows of Facilita's file, without its header. */
const rows = (file) => file.trim().split('\n').slice(1).map((line) => line.trim().split(','));

/** The coordinator makes a file of today's services, and gets the rows of it. */
async function makeFile(page, today) {
  await page.goto('/rete/facilita');
  await page.getByLabel('Dal giorno', { exact: true }).fill(today);
  await page.getByLabel('Al giorno', { exact: true }).fill(today);
  await follow(page.getByRole('button', { name: 'Controlla' }));
  await follow(page.getByRole('button', { name: 'Fai il file' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Un file per Facilita');
  const downloaded = page.waitForEvent('download');
  await change(page.getByRole('complementary').getByRole('link', { name: 'Scarica il file' }));
  const stream = await (await downloaded).createReadStream();
  return rows(Buffer.concat(await stream.toArray()).toString('utf8'));
}

test('from the desk to the lesson at home, to Facilita and back', async ({ page, browser, site }) => {
  test.setTimeout(180_000);
  const person = somebody();
  const main = page.locator('main');
  const before = await totals(page);

  // The facilitator registers a person, with a card, and something to learn.
  await enterWithPassword(page, site.account('facilitator'));
  await page.goto('/punto/cittadini/nuovo');
  await page.getByLabel('Codice fiscale').fill(person.codice_fiscale);
  await page.getByLabel('Nome', { exact: true }).fill(person.first_name);
  await page.getByLabel('Cognome', { exact: true }).fill(person.last_name);
  for (const [name, choice] of [
    ['Titolo di studio', 2],
    ['Occupazione', 2],
    ['Cittadinanza', 1],
  ]) {
    await page.getByLabel(name, { exact: true }).selectOption({ index: choice });
  }
  await page.getByLabel('Provincia di domicilio', { exact: true }).fill('Bari');
  await page.getByLabel("Ho dato l'informativa sui suoi dati").check();
  await page.getByLabel('Dai subito una tessera').uncheck();
  await follow(page.getByRole('button', { name: 'Salva' }));
  const record = page.url();
  await follow(main.getByRole('link', { name: 'Assegna qualcosa da imparare' }));
  await page.getByLabel('SPID').first().check();
  await page.getByLabel('Un messaggio per chi impara').fill('Comincia con calma.');
  await follow(page.getByRole('button', { name: 'Assegna' }));
  await page.goto(record);
  await follow(page.getByRole('button', { name: 'Dai una tessera' }));
  const address = await scanned(page.locator('.access-card img'));
  const pin = (await page.locator('.access-card').getByRole('definition').nth(1).textContent()).trim();

  // At home, with the phone: the QR's address asks for the PIN alone and opens the lesson.
  const home = await browser.newContext({ baseURL: site.address, viewport: { width: 360, height: 740 } });
  const phone = await home.newPage();
  await phone.goto(address);
  await expect(phone.getByLabel('Codice della tessera')).toHaveCount(0);
  await phone.getByLabel('PIN').fill(pin);
  await follow(phone.locator('main').getByRole('button'));
  await expect(phone).toHaveURL(/\/moduli\/spid\/che-cose-spid/);
  await phone.goto('/mio-percorso');
  await expect(phone.locator('main')).toContainText('Comincia con calma.');
  await readEveryLesson(phone, 'spid');
  await follow(phone.getByRole('button', { name: /^(Comincia|Rifai) il quiz$/ }));
  await answerQuiz(phone, quiz);
  await closeQuiz(phone);
  await expect(phone.locator('main')).toContainText('Abbiamo segnato che hai finito questo corso');
  await home.close();

  // The desk sees it, and everybody sees the total moved by one.
  await page.goto(record);
  await expect(main).toContainText('Completato');
  expect(await totals(page)).toEqual(oneMore(before));

  // The coordinator sends it to Facilita, which refuses the row.
  await page.context().clearCookies();
  await enterWithPassword(page, site.account('coordinator'));
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format();
  const sent = await makeFile(page, today);
  const number = 1 + sent.findIndex((row) => row[6] === person.codice_fiscale);
  expect(number).toBeGreaterThan(0);
  expect(sent[number - 1]).toHaveLength(33);
  const report = refused(number, 'Codice fiscale non valido');
  await page.getByLabel('File delle righe scartate').setInputFiles(report);
  await page.getByLabel('Quante righe ha scartato Facilita?').fill('1');
  await follow(page.getByRole('button', { name: 'Leggi la risposta' }));
  await expect(main).toContainText('1 riga rifiutata');
  await expect(main).toContainText('Da correggere');

  // From the refusal to the record: somebody reads the card again, and mends it.
  await follow(page.getByRole('link', { name: new RegExp(`Correggi ?: Riga ${number}$`) }));
  const right = readAgain(person);
  await page.getByLabel('Codice fiscale').fill(right);
  await follow(page.getByRole('button', { name: 'Salva' }));

  // The mended row goes again, alone.
  const again = await makeFile(page, today);
  expect(again.map((row) => row[6])).toEqual([right]);
  await follow(page.getByRole('button', { name: 'Facilita non ha scartato nessuna riga' }));
  await expect(main).toContainText('Righe accettate: 1');
  expect(await totals(page)).toEqual(oneMore(before));
});
