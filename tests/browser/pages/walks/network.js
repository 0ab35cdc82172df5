// The pages of the coordinator's room.
import { enterWithPassword, press } from '../../actors.js';
import { words } from '../../words.js';

export async function* coordinator({ page, site }) {
  await page.goto('/accessibilita/segnala');
  const fill = async (text, email) => {
    await page.getByLabel(await words(page, 'report-text')).fill(text);
    await page.getByLabel(await words(page, 'report-email-label')).fill(email);
    await press(page, 'report-send');
  };
  await fill(' ', 'nessuno@dominio');
  yield 'report with mistakes';
  await fill('Il bottone non si vede.', 'nina@example.org');
  await enterWithPassword(page, site.account('coordinator'));
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
    await press(page, 'facilita-report-send', page.locator('main'));
  };
  const columns = `numeroRiga,note${',colonna'.repeat(29)}`;
  await upload(`${columns}\nboh`);
  yield 'facilita report with mistakes';
  await upload(`${columns}\n1,La sede non e' presente su Facilita${','.repeat(29)}`);
  yield 'facilita refused';
}
