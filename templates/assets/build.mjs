// Builds what the browser gets: one style sheet, the scripts, the fonts, the icons. Run
// `npm ci && npm run build` here after a change of `styles/` or `scripts/`, or after using a class or
// an icon of Bootstrap Italia for the first time, and commit the result.
//
// css/site.css     Titillium Web, the rules of Bootstrap Italia that our templates use, styles/*.css
// js/              scripts/*.js without comments and spaces: half the bytes of a first visit's scripts
// fonts/           Latin letters of Titillium Web in two weights
// icons/sprite.svg the icons that a template names, and our logo

import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { PurgeCSS } from "purgecss";

const templates = readdirSync("..", { recursive: true })
  .filter((name) => name.endsWith(".html") && !name.startsWith("assets"))
  .map((name) => `../${name}`);
const italia = "node_modules/bootstrap-italia";
const titillium = "node_modules/@fontsource/titillium-web";
const version = (name) => JSON.parse(readFileSync(`${name}/package.json`)).version;

// Bootstrap Italia: the elements that the compiler writes are kept as well as what the templates
// name; the components that only share a name with a word of ours are not.
const [purged] = await new PurgeCSS().purge({
  content: templates,
  css: [`${italia}/dist/css/bootstrap-italia.min.css`],
  safelist: {
    standard: ["html", "body", "a", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "img", "code", "strong", "em", "blockquote", "hr", "mark", "h1", "h2", "h3", "h4", "h5", "h6"],
  },
  blocklist: [
    /^(navbar|dropdown|carousel|modal|offcanvas|tooltip|popover|autocomplete|placeholder|alert|progress|card)/,
    /^(nav|row|col|section|figure|steps|chips?|toast|list|btn-danger|table-dense|container|active|disabled)$/,
  ],
  variables: true,
  keyframes: true,
  fontFace: true,
});
const ours = { "10%": "--ink", "40%": "--link", "44%": "--muted" };
const subset = purged.css
  .replace(/^\uFEFF/, "")
  .replace(/\/\*[\s\S]*?\*\//g, "")
  // Icon fonts and images of components that are not used would be asked for in vain.
  .replace(/@import[^;]+;/g, "")
  // Its colours become ours, so that they follow the theme.
  .replace(/hsl\((?:0, ?0%|210, ?100%|210, ?17%), ?(10%|40%|44%)\)/g, (_, light) => `var(${ours[light]})`);

// Titillium Web. The version in the address lets browsers keep the files. Until they are there the
// text stands in a font of the device, stretched to the same widths and heights: nothing jumps.
mkdirSync("fonts", { recursive: true });
let faces = "";
for (const weight of [400, 600]) {
  copyFileSync(`${titillium}/files/titillium-web-latin-${weight}-normal.woff2`, `fonts/titillium-web-${weight}.woff2`);
  faces += `@font-face {
  font-family: "Titillium Web";
  font-weight: ${weight === 600 ? "600 700" : weight};
  font-display: swap;
  src: url("../fonts/titillium-web-${weight}.woff2?v=${version(titillium)}") format("woff2");
}
`;
}
// Widths of a page of Italian text and heights of a line, Titillium's against Arial's.
for (const { weight, of, size } of [
  { weight: "400", of: "", size: 0.9345 },
  { weight: "600 700", of: " Bold", size: 0.8869 },
]) {
  const local = ["Arial", "Roboto", "Liberation Sans", "Helvetica"].map((name) => `local("${name}${of}")`);
  const per = (height) => `${((height / size) * 100).toFixed(1)}%`;
  faces += `@font-face {
  font-family: "Titillium Fallback";
  font-weight: ${weight};
  src: ${local.join(", ")};
  size-adjust: ${size * 100}%;
  ascent-override: ${per(1.133)};
  descent-override: ${per(0.388)};
  line-gap-override: 0%;
}
`;
}

// A device that prefers dark gets the dark theme, unless the reader chose another.
const dark = /:root\[data-theme="dark"\] (\{[^}]*\})/;
const styles = readdirSync("styles")
  .sort()
  .map((name) => readFileSync(`styles/${name}`, "utf8"))
  .join("\n")
  .replace(dark, (rule, body) => `${rule}\n@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]):not([data-theme="contrast"]) ${body} }`);
const site = (faces + subset + styles)
  .replace(/\/\*[\s\S]*?\*\//g, "")
  .replace(/\s+/g, " ")
  .replace(/ ?([{};,]) ?/g, "$1")
  .replace(/;}/g, "}")
  .replace(/}/g, "}\n");
const licences = `/* Made by build.mjs. Bootstrap Italia ${version(italia)}, the rules this site uses: BSD-3-Clause, https://github.com/italia/bootstrap-italia. Titillium Web: OFL-1.1 */\n`;
mkdirSync("css", { recursive: true });
writeFileSync("css/site.css", licences + site);

// Scripts. Names at the top of the worker stay: the server writes some before it.
rmSync("js", { recursive: true, force: true });
buildSync({
  entryPoints: readdirSync("scripts").map((name) => `scripts/${name}`),
  outdir: "js",
  minify: true,
  target: "es2020",
});

// Icons: those that a template names, as symbols of one file, and the logo.
const text = templates.map((name) => readFileSync(name, "utf8")).join("\n");
const wanted = new Set([...text.matchAll(/icon\("([a-z-]+)"/g)].map((match) => match[1]));
const all = readFileSync(`${italia}/dist/svg/sprites.svg`, "utf8");
const symbols = [...all.matchAll(/<symbol [^>]*id="it-([a-z-]+)"[\s\S]*?<\/symbol>/g)];
const kept = symbols.filter((match) => wanted.has(match[1]));
const missing = [...wanted].filter((name) => !kept.some((match) => match[1] === name));
if (missing.length > 0) {
  throw new Error(`Bootstrap Italia has no icon ${missing.join(", ")}`);
}
const logo = readFileSync("icons/logo.svg", "utf8")
  .trim()
  .replace(/<svg xmlns="[^"]*"/, `<symbol id="logo"`)
  .replace("</svg>", "</symbol>");
const sprite = [logo, ...kept.map((match) => match[0])].join("\n");
writeFileSync("icons/sprite.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${sprite}\n</svg>\n`);

const packed = (name) => `${name} ${gzipSync(readFileSync(name)).length} bytes packed`;
const scripts = readdirSync("js").map((name) => packed(`js/${name}`));
console.log([packed("css/site.css"), packed("icons/sprite.svg"), ...scripts].join("\n"));
