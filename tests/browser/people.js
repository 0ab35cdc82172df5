// Invented people, as many as the tests need, with codici fiscali that are formally right.
const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const value = (sign) => (/\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65);

function checkCharacter(fifteen) {
  // Positions are counted from one: the first sign is an odd one.
  const sum = [...fifteen].reduce((sum, sign, at) => sum + (at % 2 ? value(sign) : odd[value(sign)]), 0);
  return String.fromCharCode(65 + (sum % 26));
}

let made = 0;

/** Somebody nobody has registered yet: a woman born in Rome on 5 May 1960. */
export function somebody() {
  made += 1;
  const consonant = (number) => 'BCDFGLMNPRSTVZ'[Math.floor(number) % 14];
  const surname = `${consonant(made)}${consonant(made / 14)}${consonant(made / 196)}`;
  return {
    first_name: 'Prova',
    last_name: `${surname} Inventata`,
    codice_fiscale: codeOf(surname, '60E45'),
  };
}

function codeOf(surname, birth, place = 'H501') {
  const fifteen = `${surname}PRV${birth}${place}`;
  return fifteen + checkCharacter(fifteen);
}

/** The code of the same person, read again: born in Milan. */
export const readAgain = (person) => codeOf(person.last_name.slice(0, 3), '60E45', 'F205');

/** Registers somebody by the API of a facilitator, the first one where none is named. */
export async function registered(request, site, person = somebody(), account = site.account('facilitator')) {
  const { email, password } = account;
  const entered = await post(request, site, 'sessions', { email, password });
  const desk = { Authorization: `Bearer ${entered.token}` };
  const { id } = await post(request, site, 'citizens', person, desk);
  return { id, desk };
}

/**
 * A group of the facilitator's point with as many people as a group may have, and a path to learn:
 * its id. The people are those that the list of the point shows to whoever is in.
 */
export async function largestGroup(page, request, site, name) {
  const people = [];
  for (let list = '/punto/persone'; list && people.length < 60; ) {
    await page.goto(list);
    const links = page.locator('tbody th a[href^="/punto/cittadini/"]');
    const found = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href').split('/').at(-1)));
    people.push(...found);
    const next = page.locator('a[rel=next]');
    list = (await next.count()) > 0 ? await next.first().getAttribute('href') : null;
  }
  const { desk } = await registered(request, site);
  const { id } = await post(request, site, 'groups', { name }, desk);
  const members = { data: { citizens: people.slice(0, 60) }, headers: desk };
  const answer = await request.put(`${site.address}/api/v1/groups/${id}/members`, members);
  if (!answer.ok()) throw new Error(`members: ${answer.status()}: ${await answer.text()}`);
  await post(request, site, 'assignments', { path: 'pagare-online', group: id }, desk);
  return id;
}

/** Registers somebody and gives them a card: `{ card, pin }`. */
export async function citizenWithCard(request, site) {
  const { id, desk } = await registered(request, site);
  return post(request, site, `citizens/${id}/card`, {}, desk);
}

async function post(request, site, call, data, headers = {}) {
  const answer = await request.post(`${site.address}/api/v1/${call}`, { data, headers });
  if (answer.status() !== 201) {
    throw new Error(`POST ${call} answered ${answer.status()}: ${await answer.text()}`);
  }
  return answer.json();
}
