// Draws cartoon faces at random, for get_data.py: node draw_faces.mjs COUNT SIDE PICTURES PARTS [STYLE …]
// PICTURES gets SIDE×SIDE×3 bytes for each face, PARTS a line of JSON: its style, and what of each part was drawn. The faces
// take turns in style; face n is always the same, so that a larger count only adds to a smaller one.
import { closeSync, openSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const STYLES = ["adventurer", "bigSmile", "micah", "personas", "toonHead", "dylan"];
const NOT_PARTS = /background/i;

const [count, side, picturesPath, partsPath, ...only] = process.argv.slice(2);
const SIDE = Number(side);
const styles = only.length ? only : STYLES;
// The packages lie in the folder that this is run in, not beside this file.
const require = createRequire(pathToFileURL(join(process.cwd(), "here.mjs")));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { createAvatar } = await load("@dicebear/core");
const collection = await load("@dicebear/collection");
const { Resvg } = require("@resvg/resvg-js");

// Drawn at twice the size, then each square of 2×2 averaged.
function reduced(pixels) {
  const out = Buffer.alloc(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++)
      for (let c = 0; c < 3; c++) {
        const at = (dy, dx) => pixels[4 * ((2 * y + dy) * 2 * SIDE + 2 * x + dx) + c];
        out[3 * (y * SIDE + x) + c] = (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1) + 2) >> 2;
      }
  return out;
}

const pictures = openSync(picturesPath, "w"), parts = openSync(partsPath, "w");
for (let n = 0; n < Number(count); n++) {
  const style = styles[n % styles.length];
  const face = createAvatar(collection[style], { seed: `noiseglass ${n}`, backgroundColor: ["ffffff"] });
  const drawn = Object.entries(face.toJson().extra).filter(([part]) => !NOT_PARTS.test(part));
  const picture = new Resvg(face.toString(), { fitTo: { mode: "width", value: 2 * SIDE }, font: { loadSystemFonts: false } }).render();
  writeSync(pictures, reduced(picture.pixels));
  writeSync(parts, JSON.stringify({ style, ...Object.fromEntries(drawn) }) + "\n");
}
closeSync(pictures);
closeSync(parts);
