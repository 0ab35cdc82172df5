// What a task takes: clicks, keys and pages. Everything that a person does goes through here, as
// they would do it: keys go to whatever has the focus, and a choice of a list is two clicks.
import { change, follow, leave } from './actors.js';

export class Count {
  clicks = 0;
  keys = 0;
  pages = 0;

  constructor(page) {
    this.page = page;
    page.on('load', () => (this.pages += 1));
  }

  /** A click that leads to another page. */
  async follow(target) {
    this.clicks += 1;
    await follow(target);
  }

  /** A click on the page that is open. */
  async change(target) {
    this.clicks += 1;
    await change(target);
  }

  /** One of a list: it is opened, and one is clicked. */
  async choose(target, label) {
    this.clicks += 2;
    await target.selectOption({ label });
  }

  /** Keys, or a barcode reader, into the field that has the focus. */
  async type(text) {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }

  /** Enter, which sends the form that has the focus. */
  async enter() {
    this.keys += 1;
    await leave(this.page, () => this.page.keyboard.press('Enter'));
  }

  async tab() {
    this.keys += 1;
    await this.page.keyboard.press('Tab');
  }

  /** Clicks, keys and pages, said where the test is read. */
  tell(task) {
    const { clicks, keys, pages } = this;
    console.log(`${task}: ${clicks} clicks, ${keys} keys, ${pages} pages`);
    return { clicks, keys, pages, acts: clicks + keys };
  }
}
