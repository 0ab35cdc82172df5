// Reads a lesson aloud with the device's voice, a sentence at a time, and marks the words.
//
// A sentence is a small enough piece for every voice, and the place to go on from after a pause:
// not every device can pause its voice.

const TEXT = 'h2, h3, h4, p, li, td, th, dt, dd, legend, figcaption, label';

/** Begins to read; `bar` holds the buttons, the second of which stops. */
export default function speak(lesson, bar) {
  const [button, stop] = bar.querySelectorAll('button');
  const status = bar.querySelector('[role=status]');
  const begin = button.textContent;
  const sentences = sentencesOf(lesson);
  let at = 0;
  let speaking = null;

  function next() {
    const sentence = sentences[at];
    if (!sentence) return end();
    const voice = new SpeechSynthesisUtterance(sentence.text);
    voice.lang = sentence.lang;
    voice.rate = 0.9;
    voice.onstart = () => {
      mark(sentence, 0, sentence.text.length);
      sentence.block.scrollIntoView({ block: 'nearest' });
    };
    voice.onboundary = ({ name, charIndex }) => {
      if (name !== 'word') return;
      const word = /^\S+/.exec(sentence.text.slice(charIndex));
      if (word) mark(sentence, charIndex, charIndex + word[0].length);
    };
    voice.onend = () => {
      if (speaking !== voice) return;
      at += 1;
      next();
    };
    voice.onerror = () => {
      if (speaking !== voice) return;
      end();
      status.textContent = status.dataset.none;
    };
    speaking = voice;
    speechSynthesis.speak(voice);
  }

  function hush() {
    speaking = null;
    speechSynthesis.cancel();
    unmark();
  }

  function end() {
    hush();
    at = 0;
    stop.hidden = true;
    button.textContent = begin;
  }

  function press() {
    status.textContent = '';
    if (speaking) {
      hush();
      button.textContent = button.dataset.resume;
    } else {
      stop.hidden = false;
      button.textContent = button.dataset.pause;
      next();
    }
  }

  button.addEventListener('click', press);
  stop.addEventListener('click', () => {
    end();
    button.focus();
  });
  addEventListener('pagehide', hush);
  press();
}

/** The sentences of a lesson in reading order, each with the pieces of the page it comes from. */
function sentencesOf(lesson) {
  const runs = [];
  const walker = document.createTreeWalker(lesson, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const block = node.parentElement.closest(TEXT);
    if (!block || block.checkVisibility?.() === false) continue;
    const { lang } = node.parentElement.closest('[lang]');
    const run = runs.at(-1);
    if (run?.block === block && run.lang === lang) run.nodes.push(node);
    else runs.push({ block, lang, nodes: [node] });
  }
  return runs.flatMap(inSentences);
}

function inSentences({ block, lang, nodes }) {
  const text = nodes.map((node) => node.data).join('');
  return [...text.matchAll(/\S.*?(?:[.!?:]+(?=\s|$)|$)/gs)]
    .filter(([sentence]) => /[\p{L}\p{N}]/u.test(sentence))
    .map(({ 0: sentence, index }) => ({ text: sentence, start: index, block, nodes, lang }));
}

/** Marks a part of a sentence, or its block where a browser cannot mark words. */
function mark({ block, nodes, start }, from, to) {
  unmark();
  if (!window.Highlight) {
    block.classList.add('being-read');
    return;
  }
  const range = new Range();
  range.setStart(...place(nodes, start + from));
  range.setEnd(...place(nodes, start + to));
  CSS.highlights.set('being-read', new Highlight(range));
}

function unmark() {
  window.CSS?.highlights?.delete('being-read');
  document.querySelector('.being-read')?.classList.remove('being-read');
}

/** The node and the place in it of a character of several nodes' text. */
function place(nodes, at) {
  for (const node of nodes) {
    if (at <= node.length) return [node, at];
    at -= node.length;
  }
  const last = nodes.at(-1);
  return [last, last.length];
}
