// Builds what the browser gets from Bootstrap Italia and Titillium Web: the rules that our
// templates use, the fonts, the icons. Run `npm ci && npm run build` here after using a class or
// an icon of Bootstrap Italia for the first time, and commit the result.
//
// `css/autonomia.css`, `icons/logo.svg` and the drawings are our own and are not built.

import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const templates = readdirSync("..", { recursive: true })
  .filter((name) => name.endsWith(".html") && !name.startsWith("assets"))
  .map((name) => `../${name}`);
const italia = "node_modules/bootstrap-italia";
const fonts = "node_modules/@fontsource/titillium-web";
const version = (name) => JSON.parse(readFileSync(`${name}/package.json`)).version;

// Styles: the elements that the compiler writes are kept as well as what the templates name.
const [purged] = await new PurgeCSS().purge({
  content: templates,
  css: [`${italia}/dist/css/bootstrap-italia.min.css`],
  safelist: {
    standard: ["html", "body", "a", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "img", "code", "strong", "em", "blockquote", "hr", "mark", "h1", "h2", "h3", "h4", "h5", "h6"],
  },
  blocklist: [/^navbar/, /^dropdown/, /^carousel/, /^modal/, /^offcanvas/, /^tooltip/, /^popover/],
  variables: true,
  keyframes: true,
  fontFace: true,
});
const licence = `/* Bootstrap Italia ${version(italia)}, the rules this site uses. BSD-3-Clause, https://github.com/italia/bootstrap-italia */\n`;
const rules = purged.css
  .replace(/^\uFEFF/, "")
  .replace(/\/\*[\s\S]*?\*\//g, "")
  // Icon fonts and images of components that are not used would be asked for in vain.
  .replace(/@import[^;]+;/g, "");
mkdirSync("css", { recursive: true });
writeFileSync("css/bootstrap-italia.css", licence + rules + "\n");

// Fonts: Latin letters in three weights. The version in the address lets browsers keep them.
mkdirSync("fonts", { recursive: true });
let faces = `/* Titillium Web, SIL Open Font License 1.1 */\n`;
for (const weight of [400, 600, 700]) {
  copyFileSync(`${fonts}/files/titillium-web-latin-${weight}-normal.woff2`, `fonts/titillium-web-${weight}.woff2`);
  faces += `@font-face {
  font-family: "Titillium Web";
  font-style: normal;
  font-weight: ${weight};
  font-display: swap;
  src: url("../fonts/titillium-web-${weight}.woff2?v=${version(fonts)}") format("woff2");
}
`;
}
writeFileSync("css/fonts.css", faces);

// Icons: those that a template names, as symbols of one file.
const text = templates.map((name) => readFileSync(name, "utf8")).join("\n");
const wanted = new Set([...text.matchAll(/icon\("([a-z-]+)"/g)].map((match) => match[1]));
const all = readFileSync(`${italia}/dist/svg/sprites.svg`, "utf8");
const symbols = [...all.matchAll(/<symbol [^>]*id="it-([a-z-]+)"[\s\S]*?<\/symbol>/g)];
const kept = symbols.filter((match) => wanted.has(match[1]));
const missing = [...wanted].filter((name) => !kept.some((match) => match[1] === name));
if (missing.length > 0) {
  throw new Error(`Bootstrap Italia has no icon ${missing.join(", ")}`);
}
writeFileSync(
  "icons/sprite.svg",
  `<svg xmlns="http://www.w3.org/2000/svg">\n${kept.map((match) => match[0]).join("\n")}\n</svg>\n`,
);

console.log(`css/bootstrap-italia.css ${(licence + rules).length} bytes, ${kept.length} icons`);
