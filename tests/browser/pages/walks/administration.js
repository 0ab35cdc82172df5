// The pages of the accounts.
import { enterWithPassword, follow, press, signOut } from '../../actors.js';
import { registered } from '../../people.js';
import { codeOf } from '../../totp.js';
import { words } from '../../words.js';

/** An account from its making to its end, and what is written down of it. */
export async function* administrator({ page, request, site, lang }) {
  const field = async (name) => page.getByLabel(await words(page, name), { exact: true });
  const main = page.locator('main');
  await enterWithPassword(page, site.account('admin'));
  await page.goto('/amministrazione');
  yield 'accounts of everybody';
  await main.getByRole('searchbox').fill('example');
  await press(page, 'search-button', main);
  yield 'accounts found';
  await page.goto('/amministrazione?stato=chiuso&punto=BA-001');
  yield 'accounts, nobody found';
  await press(page, 'account-new', main);
  const email = `prova.${lang}.${Date.now()}@example.org`;
  await (await field('field-email')).fill(email);
  await (await field('account-name')).fill('Prova Inventata');
  await (await field('account-role-label')).selectOption('facilitator');
  await press(page, 'account-add', main);
  yield 'account to add with mistakes';
  await (await field('account-point-label')).selectOption({ index: 3 });
  await press(page, 'account-add', main);
  yield 'link for an account';
  const link = await main.locator('.long-link').getAttribute('href');
  await press(page, 'link-kept', main);
  yield 'account that waits for its password';
  await press(page, 'account-link', main);
  yield 'account whose link waits';
  await signOut(page);
  await page.goto(link);
  yield 'choose a password';
  const choose = async (password) => {
    await (await field('field-new-password')).fill(password);
    await (await field('field-again')).fill(password);
    await press(page, 'password-button', main);
  };
  await choose('aaaaaaaaaaaaaaaa');
  yield 'password that is easily guessed';
  const password = 'lampione verde sopra Trani';
  await choose(password);
  yield 'password chosen';
  await enterWithPassword(page, { email, password });
  await page.goto('/accesso/secondo-fattore');
  const confirm = async (code) => {
    await (await field('second-factor-code')).fill(code);
    await press(page, 'second-factor-button', main);
  };
  await confirm('000000');
  yield 'second factor with a wrong code';
  await confirm(codeOf(await main.locator('strong').textContent()));
  yield 'recovery codes';
  const code = await main.locator('code').first().textContent();
  await press(page, 'recovery-kept');
  yield 'access with a second factor';
  await signOut(page);
  await enterWithPassword(page, { email, password });
  yield 'code of the second factor';
  const enter = async (code) => {
    await (await field('field-code')).fill(code);
    await press(page, 'code-button', main);
  };
  await enter('000000');
  yield 'wrong code of the second factor';
  await enter(code);
  await signOut(page);
  await page.goto('/accedi/dimenticata');
  await (await field('field-email')).fill(email);
  await press(page, 'forgotten-button', main);
  yield 'new password asked for';
  await enterWithPassword(page, site.account('admin'));
  await page.goto('/amministrazione');
  yield 'accounts, one asks for a password';
  await follow(main.locator('.lone-link').last());
  yield 'account that asks for a password';
  await press(page, 'account-disable');
  yield 'account that may not enter';
  await press(page, 'room-register');
  yield 'register of what was done';
  await page.goto('/amministrazione/registro?che=niente');
  yield 'register with a filter that is not understood';
  await page.goto('/amministrazione?stato=boh');
  yield 'accounts with a filter that is not understood';
  // Every one of these is a session of its own.
  for (let left = 8; left > 0; left--) await registered(request, site);
  await page.goto('/amministrazione');
  await main.getByRole('searchbox').fill(site.account('facilitator').email);
  await press(page, 'search-button', main);
  await follow(main.getByRole('rowheader').getByRole('link').first());
  yield 'account with many sessions';
  await page.goto('/amministrazione/registro?giorno=2020-01-01');
  yield 'register, nothing found';
}
