// Draws icons of sets of SVG pictures, for get_data.py: node draw_icons.mjs SIDE NAMES PICTURES
// NAMES is JSON: [[package, icon], …]; PICTURES gets SIDE×SIDE×3 bytes for each, on white.
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [side, namesPath, picturesPath] = process.argv.slice(2);
// The packages lie in the folder that this is run in, not beside this file.
const require = createRequire(pathToFileURL(join(process.cwd(), "here.mjs")));
const { Resvg } = require("@resvg/resvg-js");

const sets = {};
const pictures = openSync(picturesPath, "w");
for (const [name, icon] of JSON.parse(readFileSync(namesPath, "utf8"))) {
  const set = (sets[name] ??= JSON.parse(readFileSync(require.resolve(`${name}/icons.json`), "utf8")));
  const drawn = set.icons[icon];
  const box = `0 0 ${drawn.width ?? set.width ?? 16} ${drawn.height ?? set.height ?? 16}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="${box}">${drawn.body}</svg>`;
  const options = { background: "white", fitTo: { mode: "width", value: Number(side) }, font: { loadSystemFonts: false } };
  const { pixels, width, height } = new Resvg(svg, options).render();
  const out = Buffer.alloc(side * side * 3, 255);
  for (let y = 0; y < Math.min(height, side); y++)
    for (let x = 0; x < width; x++) pixels.copy(out, 3 * (y * side + x), 4 * (y * width + x), 4 * (y * width + x) + 3);
  writeSync(pictures, out);
}
closeSync(pictures);
