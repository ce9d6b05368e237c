// Typesets formulae with MathJax and writes their outlines: run by scripts/make_equations.
//
//   node equations.mjs OUT < formulae.json
//
// formulae.json is what lesson_formulae prints. OUT gets index.json: the outline of each glyph once, and for each formula
// which glyphs stand where. The program draws them at the size and in the colours of the screen.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mathjax } from "mathjax-full/js/mathjax.js";
import { TeX } from "mathjax-full/js/input/tex.js";
import { SVG } from "mathjax-full/js/output/svg.js";
import { liteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import { RegisterHTMLHandler } from "mathjax-full/js/handlers/html.js";
import { AllPackages } from "mathjax-full/js/input/tex/AllPackages.js";

const EM = { inline: 17, display: 20 }; // design pixels; the text beside them is 15 px of a typeface with larger letters
const UNITS = 1000; // of an outline, in an em
const PAD = 1; // design pixels around each formula, for what overshoots its box

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

const round = (value, digits = 0) => Number(value.toFixed(digits));

/** Absolute M, L, Q, C and Z, of which the program's rasteriser is made, for all that MathJax writes. */
function absolute(path) {
  const out = [];
  let [x, y, startX, startY, controlX, controlY] = [0, 0, 0, 0, 0, 0];
  for (const [, command, rest] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const n = (rest.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    const size = { M: 2, L: 2, H: 1, V: 1, Q: 4, T: 2, C: 6, Z: 0 }[command];
    if (size === undefined) throw new Error(`An outline has the command ${command}, which is not known here.`);
    for (let i = 0; i === 0 || i < n.length; i += size || 1) {
      const p = n.slice(i, i + size);
      if (command === "H") p.push(y);
      if (command === "V") p.unshift(x);
      if (command === "T") p.unshift(2 * x - controlX, 2 * y - controlY);
      const letter = { H: "L", V: "L", T: "Q" }[command] ?? (command === "M" && i > 0 ? "L" : command);
      out.push(letter + p.map((v) => round(v)).join(" "));
      if (letter === "Z") [x, y] = [startX, startY];
      else[x, y] = p.slice(-2);
      if (letter === "M") [startX, startY] = [x, y];
      [controlX, controlY] = letter === "Q" ? p.slice(-4) : [x, y];
    }
  }
  return out.join("");
}

const glyphs = new Map(); // by their outline
function glyph(outline) {
  if (!glyphs.has(outline)) glyphs.set(outline, glyphs.size);
  return glyphs.get(outline);
}

/** x → sx·x + tx, and the same for y: all that MathJax needs. */
const after = (a, b) => ({ sx: a.sx * b.sx, sy: a.sy * b.sy, tx: a.sx * b.tx + a.tx, ty: a.sy * b.ty + a.ty });
const number = (node, name) => Number(adaptor.getAttribute(node, name) ?? 0);

function placed(node, matrix) {
  const transforms = adaptor.getAttribute(node, "transform") ?? "";
  for (const [, kind, numbers] of transforms.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [a, b] = numbers.split(/[\s,]+/).map(Number);
    if (kind === "translate") matrix = after(matrix, { sx: 1, sy: 1, tx: a, ty: b ?? 0 });
    else if (kind === "scale") matrix = after(matrix, { sx: a, sy: b ?? a, tx: 0, ty: 0 });
    else throw new Error(`A drawing has the transform ${kind}, which is not known here.`);
  }
  if (adaptor.kind(node) === "svg" && adaptor.getAttribute(node, "viewBox")) { // a window on a part of a glyph
    const [left, top, width, height] = adaptor.getAttribute(node, "viewBox").split(" ").map(Number);
    const [sx, sy] = [number(node, "width") / width || 1, number(node, "height") / height || 1];
    matrix = after(matrix, { sx, sy, tx: number(node, "x") - left * sx, ty: number(node, "y") - top * sy });
  }
  return matrix;
}

/** Calls `found` with each glyph, where it stands, and the number of the symbol that it belongs to, or null. */
function walk(node, matrix, symbol, found) {
  const kind = adaptor.kind(node);
  if (kind === "#text") return;
  const own = (adaptor.getAttribute(node, "class") ?? "").match(/(?:^| )s(\d+)(?: |$)/);
  if (own) symbol = Number(own[1]);
  matrix = placed(node, matrix);
  if (kind === "path") found(glyph(absolute(adaptor.getAttribute(node, "d"))), matrix, symbol);
  if (kind === "rect") {
    const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => number(node, name));
    if (w > 0 && h > 0) found(glyph("M0 0L0 1000L1000 1000L1000 0Z"),
      after(matrix, { sx: w / UNITS, sy: h / UNITS, tx: x, ty: y }), symbol);
  }
  for (const child of adaptor.childNodes(node)) walk(child, matrix, symbol, found);
}

/** In design pixels, from the upper left corner; the baseline lies on a whole one. */
function typeset({ tex, display }) {
  const { marked, names } = mark_symbols(tex);
  let svg;
  try {
    svg = adaptor.firstChild(document.convert(marked, { display }));
  } catch (error) {
    throw new Error(`The formula ${tex} cannot be typeset: ${error.message}`);
  }
  const [left, top, width, height] = adaptor.getAttribute(svg, "viewBox").split(" ").map(Number);
  const pixel = EM[display ? "display" : "inline"] / UNITS; // of a unit
  const ascent = Math.ceil(-top * pixel) + PAD, depth = Math.max(0, Math.ceil((top + height) * pixel)) + PAD;
  const marks = [];
  const start = { sx: pixel, sy: pixel, tx: PAD - left * pixel, ty: ascent };
  for (const child of adaptor.childNodes(svg))
    walk(child, start, null, (which, m, symbol) =>
      marks.push([which, round(m.sx, 5), round(m.sy, 5), round(m.tx, 2), round(m.ty, 2), ...(symbol === null ? [] : [symbol])]));
  return { tex, display, width: Math.ceil(width * pixel) + 2 * PAD, height: ascent + depth, depth, symbols: names, marks };
}

const formulae = JSON.parse(readFileSync(0)).map(typeset);
const lines = (all) => all.map((one) => JSON.stringify(one)).join(",\n");
writeFileSync(join(process.argv[2], "index.json"),
  `{"units": ${UNITS},\n "glyphs": [\n${lines([...glyphs.keys()])}\n],\n "formulae": [\n${lines(formulae)}\n]}\n`);
console.log(`${formulae.length} formulae of ${glyphs.size} glyphs.`);
