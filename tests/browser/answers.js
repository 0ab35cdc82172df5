// The right answers of a quiz, read from the editors' Markdown as a teacher would.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const content = fileURLToPath(new URL('../../content', import.meta.url));

/**
 * The questions of a file of the course folder, by id:
 * `{ id, title, kind, right }`, where `right` is
 * the labels to choose (`one`, `many`), the labels in their order (`order`),
 * `{ left label: right label }` (`match`) or the text to write (`number`, `text`).
 */
export function questions(file) {
  const text = readFileSync(`${content}/${file}`, 'utf8');
  const parts = text.split(/^(?=#{1,6} )/m).filter((part) => /^#.*\{#[^}]*\.q\b/.test(part));
  return parts.map((part) => {
    const [, title, attributes] = /^#+ (.*?) \{(.*?)\}/.exec(part);
    const id = /#([a-z0-9-]+)/.exec(attributes)[1];
    const kind = /\.(one|many|order|match|number|text)\b/.exec(attributes)[1];
    return { id, title: plain(title), kind, right: right(kind, part) };
  });
}

function right(kind, part) {
  const all = (pattern) => [...part.matchAll(pattern)];
  switch (kind) {
    case 'one':
    case 'many':
      return all(/^- \[x\] `[a-z0-9]+` (.*)$/gm).map((found) => plain(found[1]));
    case 'order':
      return all(/^\d+\. `[a-z0-9]+` (.*)$/gm).map((found) => plain(found[1]));
    case 'match':
      return Object.fromEntries(
        all(/^\| *`[a-z0-9]+` (.*?) *\| *(.*?) *\|$/gm).map((row) => [plain(row[1]), plain(row[2])]),
      );
    default: {
      const accepted = /^=~? *(.*)$/m.exec(part)[1];
      return accepted.split(/ *(?:±|\.\.) */)[0];
    }
  }
}

function plain(markdown) {
  return markdown.replace(/[*_`]/g, '').trim();
}
