// The network's totals, as anybody reads them on the public page.

/** `{ citizens, services, online }`: people reached, services, and those given online. */
export async function totals(page) {
  await page.goto('/rete/totali');
  const figure = (label) =>
    page.locator('.figure').filter({ has: page.locator('dt', { hasText: label }) }).locator('dd strong');
  const online = page
    .getByRole('region', { name: 'Per tipo di servizio' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: /online/i }) });
  return {
    citizens: await number(figure('Cittadini raggiunti')),
    services: await number(figure('Servizi')),
    online: (await online.count()) > 0 ? await number(online.getByRole('cell').first()) : 0,
  };
}

async function number(locator) {
  const text = await locator.textContent();
  const digits = text.replace(/\D/g, '');
  if (digits === '') throw new Error(`no figure in "${text}"`);
  return Number(digits);
}

/** The totals after one more person was reached by one more service online. */
export function oneMore({ citizens, services, online }) {
  return { citizens: citizens + 1, services: services + 1, online: online + 1 };
}
