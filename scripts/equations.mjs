// Typesets formulae with MathJax and draws them with resvg: run by scripts/make_equations.
//
//   node equations.mjs OUT < formulae.json
//
// formulae.json is what lesson_formulae prints. OUT gets index.json and, for each scale, a sheet of masks: grey pictures in
// which white is ink, so that the program can tint them in any theme. Each formula is there twice, one above the other:
// first all ink but that of the symbols that have a colour of their own on screen, then theirs.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mathjax } from "mathjax-full/js/mathjax.js";
import { TeX } from "mathjax-full/js/input/tex.js";
import { SVG } from "mathjax-full/js/output/svg.js";
import { liteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import { RegisterHTMLHandler } from "mathjax-full/js/handlers/html.js";
import { AllPackages } from "mathjax-full/js/input/tex/AllPackages.js";
import { Resvg } from "@resvg/resvg-js";
import pngjs from "pngjs";

const EM = { inline: 17, display: 20 }; // design pixels; the text beside them is 15 px of a typeface with larger letters
const SCALES = [1, 2];
const SHEET_WIDTH = 1024; // design pixels
const PAD = 1; // around each formula, for what overshoots its box

// What stands for a thing on screen, by its name there. The first that fits at a place counts.
const EPSILON = String.raw`\\(?:var)?epsilon`;
const SYMBOLS = [
  ["x_0_hat", String.raw`\\hat\s*(?:\{\s*x\s*\}|x)_(?:0|\{0\})`],
  ["epsilon_hat", String.raw`\\hat\s*(?:\{\s*${EPSILON}\s*\}|${EPSILON})(?:_t)?|${EPSILON}_\\theta`],
  ["score", String.raw`\\nabla(?:_\{?x(?:_t)?\}?)?\s*\\log\s*[pq](?:_t)?`],
  ["x_0", String.raw`(?<![a-zA-Z\\])x_(?:0|\{0\})`],
  ["x_t", String.raw`(?<![a-zA-Z\\])x_(?:t|\{t[^}]*\})`],
  ["epsilon", String.raw`${EPSILON}(?![a-zA-Z])(?:_t)?`],
];
const ANY_SYMBOL = new RegExp(SYMBOLS.map(([name, pattern]) => `(?<${name}>${pattern})`).join("|"), "g");

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const document = mathjax.document("", {
  InputJax: new TeX({ packages: AllPackages.filter((name) => name !== "noerrors"), formatError: (_, error) => { throw error; } }),
  OutputJax: new SVG({ fontCache: "none" }),
});

/** Gives every symbol a class of its own. Screen and formula show the same letter: \epsilon is drawn as ε. */
function mark_symbols(tex) {
  const names = [];
  const marked = tex.replace(ANY_SYMBOL, (found, ...rest) => {
    const groups = rest.at(-1);
    names.push(Object.keys(groups).find((name) => groups[name] !== undefined));
    return String.raw`\class{s${names.length - 1}}{${found}}`;
  });
  return { marked: marked.replaceAll(/\\epsilon(?![a-zA-Z])/g, String.raw`\varepsilon`), names };
}

/** The drawing with its upper left corner and its baseline on whole design pixels. */
function typeset({ tex, display }) {
  const { marked, names } = mark_symbols(tex);
  let svg;
  try {
    svg = adaptor.innerHTML(document.convert(marked, { display }));
  } catch (error) {
    throw new Error(`The formula ${tex} cannot be typeset: ${error.message}`);
  }
  const [left, top, width, height] = svg.match(/viewBox="([^"]*)"/)[1].split(" ").map(Number);
  const pixel = 1000 / EM[display ? "display" : "inline"]; // of the drawing's units
  const ascent = Math.ceil(-top / pixel) + PAD;
  const depth = Math.max(0, Math.ceil((top + height) / pixel)) + PAD;
  const columns = Math.ceil(width / pixel) + 2 * PAD;
  const box = [left - PAD * pixel, -ascent * pixel, columns * pixel, (ascent + depth) * pixel];
  const rows = ascent + depth;
  svg = svg.replace(/viewBox="[^"]*"/, `viewBox="${box.join(" ")}"`)
    .replace(/ width="[^"]*"/, ` width="${columns}"`).replace(/ height="[^"]*"/, ` height="${rows}"`)
    .replaceAll("currentColor", "black").replace(/style="[^"]*"/, "");
  return { tex, display, svg, names, width: columns, height: rows, depth };
}

/** How much ink each pixel has, 0 … 255, of what the style sheet leaves visible. */
function ink(formula, scale, style) {
  const svg = formula.svg.replace(">", `><style>${style}</style>`);
  const { pixels } = new Resvg(svg, { fitTo: { mode: "zoom", value: scale } }).render();
  return Uint8Array.from({ length: pixels.length / 4 }, (_, i) => pixels[4 * i + 3]);
}
const only = (i) => `g{visibility:hidden} .s${i},.s${i} g{visibility:visible}`;
const rest = (names) => names.map((_, i) => `.s${i},.s${i} g{visibility:hidden}`).join(" ");

/** The box around the ink, in design pixels. */
function bounds(mask, width, scale) {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  mask.forEach((value, i) => {
    if (!value) return;
    const x = i % width, y = Math.floor(i / width);
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
  });
  return [left, top, right, bottom].map((v) => v / scale);
}

function draw(formula, scale) {
  const base = ink(formula, scale, rest(formula.names));
  const symbols = new Uint8Array(base.length);
  const rects = formula.names.map((_, i) => {
    const mask = ink(formula, scale, only(i));
    mask.forEach((value, at) => { symbols[at] = Math.max(symbols[at], value); });
    return bounds(mask, formula.width * scale, scale);
  });
  return { base, symbols, rects };
}

/** Puts the formulae on shelves, the highest first. @returns the sheet's height */
function arrange(formulae) {
  let x = 0, y = 0, shelf = 0;
  for (const formula of [...formulae].sort((a, b) => b.height - a.height || (a.tex < b.tex ? -1 : 1))) {
    if (formula.width > SHEET_WIDTH) throw new Error(`The formula ${formula.tex} is too wide; break it in two.`);
    if (x + formula.width > SHEET_WIDTH) [x, y, shelf] = [0, y + shelf, 0];
    [formula.x, formula.y] = [x, y];
    x += formula.width + 1;
    shelf = Math.max(shelf, 2 * formula.height + 1);
  }
  return y + shelf;
}

function write_sheet(file, formulae, height, scale) {
  const png = new pngjs.PNG({ width: SHEET_WIDTH * scale, height: height * scale, colorType: 0, inputColorType: 0, inputHasAlpha: false });
  png.data = Buffer.alloc(png.width * png.height);
  for (const formula of formulae) {
    const { base, symbols, rects } = draw(formula, scale);
    if (scale === SCALES.at(-1)) formula.rects = rects; // the finest
    const width = formula.width * scale;
    [base, symbols].forEach((mask, part) => mask.forEach((value, i) => {
      const row = (formula.y + part * formula.height) * scale + Math.floor(i / width);
      png.data[row * png.width + formula.x * scale + (i % width)] = value;
    }));
  }
  writeFileSync(file, pngjs.PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false, deflateLevel: 9 }));
}

const out = process.argv[2];
const formulae = JSON.parse(readFileSync(0)).map(typeset);
const height = arrange(formulae);
const sheets = SCALES.map((scale) => ({ file: `sheet-${scale}x.png`, scale }));
for (const { file, scale } of sheets) write_sheet(join(out, file), formulae, height, scale);
const entries = formulae.map(({ tex, display, width, height, depth, x, y, names, rects }) =>
  JSON.stringify({ tex, display, width, height, depth, x, y, symbols: names.map((name, i) => ({ name, rect: rects[i] })) }));
writeFileSync(join(out, "index.json"),
  `{"sheets": ${JSON.stringify(sheets)},\n "formulae": [\n${entries.join(",\n")}\n]}\n`);
console.log(`${formulae.length} formulae on sheets of ${SHEET_WIDTH} × ${height} design pixels.`);
