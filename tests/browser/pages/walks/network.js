// The pages of the coordinator's room.
import { enterWithPassword, follow, press } from '../../actors.js';
import { registered } from '../../people.js';
import { words } from '../../words.js';

export async function* coordinator({ page, request, site }) {
  await page.goto('/accessibilita/segnala');
  const fill = async (text, email) => {
    await page.getByLabel(await words(page, 'report-text')).fill(text);
    await page.getByLabel(await words(page, 'report-email-label')).fill(email);
    await press(page, 'report-send');
  };
  await fill(' ', 'nessuno@dominio');
  yield 'report with mistakes';
  await fill('Il bottone non si vede.', 'nina@example.org');
  // Words show from the third search on.
  for (let nth = 0; nth < 3; nth++) await page.goto('/cerca?q=visura+catastale');
  await enterWithPassword(page, site.account('coordinator'));
  await page.goto('/redazione/ricerche');
  yield 'searches without an answer';
  await page.goto('/rete/segnalazioni');
  yield 'reports that wait';
  for (const [name, address] of Object.entries({
    network: '/rete',
    'network of a point': '/rete?punto=BA-001&dal=2026-01-01',
    'records to complete by point': '/rete/schede',
    'services of the network': '/rete/servizi',
    'services of a province': '/rete/servizi?provincia=Lecce&tipo=individual',
    'points of the network': '/rete/punti',
    'points of the network, sorted': '/rete/punti?ordina=-cittadini&pagina=3',
    'points that are quiet': '/rete/punti?stato=fermi&ordina=ultimo',
    'points that are nowhere': '/rete/punti?dove=zzz',
    'point to correct': '/rete/punti/BA-001',
    'points from a table': '/rete/punti/importa',
    'point to add': '/rete/punti/nuovo',
    accounts: '/amministrazione?ruolo=facilitator',
    'account to add': '/amministrazione/nuovo',
    programmes: '/rete/programmi',
    programme: '/rete/programmi/puglia',
    'programme to add': '/rete/programmi/nuovo',
  })) {
    await page.goto(address);
    yield name;
  }
  await press(page, 'citizen-save');
  yield 'programme with mistakes';
  yield* evidence({ page, request, site });
  await page.goto('/rete/facilita');
  yield 'facilita';
  await press(page, 'facilita-try', page.locator('main'));
  yield 'facilita tried';
  // In the other language the file is there already, and waits for its report.
  const force = page.getByLabel(await words(page, 'facilita-force'));
  if (await force.count()) await force.check();
  // Where the walk in the other language has sent everything, nothing is left to be made.
  const make = page.getByRole('button', { name: await words(page, 'facilita-make'), exact: true });
  if ((await make.count()) === 0) return;
  await press(page, 'facilita-make', page.locator('main'));
  if ((await page.locator('input[type=file]').count()) === 0) return;
  yield 'facilita file';
  const upload = async (text) => {
    const report = { name: 'scarti.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
    await page.getByLabel(await words(page, 'facilita-report'), { exact: true }).setInputFiles(report);
    for (const told of await page.locator('input[name=refused]').all()) await told.fill('1');
    await press(page, 'facilita-report-send', page.locator('main'));
  };
  const columns = `numeroRiga,note${',colonna'.repeat(29)}`;
  await upload(`${columns}\nboh`);
  yield 'facilita report with mistakes';
  await upload(`${columns}\n1,La sede non e' presente su Facilita${','.repeat(29)}`);
  yield 'facilita refused';
}

/** What proves that people were reached: of a service, of a person, and of an auditor's list. */
async function* evidence({ page, request, site }) {
  const first = page.locator('tbody th a').first();
  await page.goto('/rete/servizi?tipo=group');
  await follow(first);
  yield 'service, as the coordinator';
  await press(page, 'evidence-link');
  yield 'evidence of a service of several people';
  // Of before today: the desk's walk may have erased whom it served.
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await page.goto(`/rete/servizi?tipo=individual&al=${yesterday}`);
  await follow(first);
  await press(page, 'evidence-link');
  yield 'evidence of a service of one';
  const hash = /[0-9A-F]{64}/.exec(await page.locator('main').textContent())[0];
  await page.goBack();
  await follow(page.locator('main a[href^="/punto/cittadini/"]').first());
  yield 'citizen, as the coordinator';
  await press(page, 'evidence-link-person');
  yield 'evidence of a person';
  const { id } = await registered(request, site);
  await page.goto(`/rete/prove/cittadini/${id}`);
  yield 'evidence of nothing yet';
  await page.goto('/rete/verifica');
  yield 'look-up';
  const look = async (text) => {
    const list = { name: 'elenco.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
    await page.locator('input[type=file]').setInputFiles(list);
    await press(page, 'evidence-look-up', page.locator('main'));
  };
  await look('');
  yield 'look-up of an empty list';
  await look(`${hash}\n${'0'.repeat(64)}\nboh\n`);
  yield 'look-up, found';
  await press(page, 'evidence-sheets');
  yield 'evidence of what was looked up';
}
