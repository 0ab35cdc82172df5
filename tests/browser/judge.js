// What a measure expects of a page.
import { expect } from './server.js';

let hard = false;

/** An expectation that lets the measure go on, so that all that is wrong with a page is told. */
export function judge(value, what) {
  return hard ? expect(value, what) : expect.soft(value, what);
}

/** What a measure finds wrong, where something must be found; `null` where it finds nothing. */
export async function fault(measure) {
  hard = true;
  try {
    await measure();
    return null;
  } catch (error) {
    // Anything else is a mistake of the measure itself.
    if (!error.matcherResult) throw error;
    return error.message;
  } finally {
    hard = false;
  }
}
