// Every page of the program as a person of each role comes upon it, in either language. A walk goes
// on from page to page and says the name of each; who walks it looks at the page, measures it, or
// draws it.
import { administrator } from './walks/administration.js';
import { citizen } from './walks/citizen.js';
import { facilitator } from './walks/desk.js';
import { learner, visitor } from './walks/everybody.js';
import { coordinator } from './walks/network.js';

const byRole = { visitor, learner, citizen, facilitator, coordinator, administrator };

/** By role: takes `{ page, request, site, lang }`, walks in that language, yields each page's name. */
export const walks = Object.fromEntries(
  Object.entries(byRole).map(([who, walk]) => [
    who,
    async function* (given) {
      await given.page.goto(`/?lingua=${given.lang}`);
      yield* walk(given);
    },
  ]),
);
