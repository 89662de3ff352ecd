// The city's own map pictures, where it has some (web/map_tiles.py): `data-map` of the page says which. `hasTiles`;
// `addTiles(L, map, onLost)`: adds them; `onLost` is called when none can be had, so that the map shows names instead.
// An archive is one PMTiles file, read part by part; what draws it is loaded only then.

import { lang } from "./texts.js";

const given = JSON.parse(document.getElementById("app")?.dataset.map ?? "null");

export const hasTiles = Boolean(given);

export async function addTiles(L, map, onLost) {
  try {
    const layer = given.kind === "raster" ? L.tileLayer(given.address, { attribution: given.attribution, maxZoom: 19 }) : await archive();
    watch(layer, onLost);
    if (map.getPane("mapPane")?.isConnected) layer.addTo(map);
  } catch {
    onLost();
  }
}

/** One lost tile is nothing; lost is a map without any. */
function watch(layer, onLost) {
  let any = false, told = false;
  layer.on("tileload", () => (any = true));
  layer.on("tileerror", () => any || told || ((told = true), onLost()));
}

async function archive() {
  await script(given.reader);
  const file = new globalThis.pmtiles.PMTiles(new URL(given.address, location.href).href);
  const { tileType, maxZoom } = await file.getHeader();
  const shared = { attribution: given.attribution, maxZoom: 19 };
  if (tileType !== 1) return globalThis.pmtiles.leafletRasterLayer(file, { ...shared, maxNativeZoom: maxZoom });
  await script(given.painter);
  const flavor = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  return globalThis.protomapsL.leafletLayer({ ...shared, url: file, maxDataZoom: maxZoom, flavor, lang });
}

/** A classic script: these packages leave their names at the window. */
function script(src) {
  return new Promise((done, fail) => document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: fail })));
}
