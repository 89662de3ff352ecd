// Draws the site's icons and the picture of its link previews from logo.svg: `node draw.mjs <logo.svg> <folder>`.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

const SIDE = 48; // of logo.svg's own square
const CARD = { width: 1200, height: 630 }; // as link previews want it

const [logo, folder] = process.argv.slice(2);
const svg = await readFile(logo, "utf8");
const inner = svg.replace(/^<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
const ground = svg.match(/fill="(#\w+)"/)[1];

/** Phones cut their own shape out of it: the ground fills the square, the sign keeps to its middle. */
const maskable = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}"><rect width="${SIDE}" height="${SIDE}" fill="${ground}"/><g transform="translate(5 5) scale(${(SIDE - 10) / SIDE})">${inner}</g></svg>`;

const card = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CARD.width} ${CARD.height}"><rect width="${CARD.width}" height="${CARD.height}" fill="${ground}"/><g transform="translate(390 105) scale(8.75)">${inner}</g></svg>`;

await initWasm(await readFile(new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))));

async function draw(name, source, width) {
  const picture = new Resvg(source, { fitTo: { mode: "width", value: width } }).render();
  await writeFile(join(folder, `${name}.png`), picture.asPng());
}

await draw("icon-180", maskable, 180); // Apple's home screen rounds it itself
await draw("icon-192", svg, 192);
await draw("icon-512", svg, 512);
await draw("icon-maskable-512", maskable, 512);
await draw("card", card, CARD.width);
