// The interface's own words, from its Fluent files: who walks through the pages says in every
// language what to press.
import { readFileSync, readdirSync } from 'node:fs';

const locales = new URL('../../templates/locales/', import.meta.url);

/** The languages of the interface, the program's own first. */
export const languages = readdirSync(locales).sort((one, other) => (other === 'it') - (one === 'it'));

function messages(lang) {
  const folder = new URL(`${lang}/`, locales);
  const text = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
  return Object.fromEntries([...text.matchAll(/^([a-z][\w-]*) = (.+)$/gm)].map(([, key, words]) => [key, words]));
}

const all = Object.fromEntries(languages.map((lang) => [lang, messages(lang)]));

/** A message without places, in the language of the page that is open. */
export async function words(page, key) {
  const lang = await page.locator('html').getAttribute('lang');
  const found = all[lang][key];
  if (!found) throw new Error(`no ${lang} message ${key}`);
  return found;
}
