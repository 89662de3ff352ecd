// Names on a map that has no tiles: of the kota from afar, of kecamatan, then of kelurahan, and of where one is when the
// map shows no name any more. Only what is in view is made, and no name lies on another. They are for the eye: the place
// in words stands beside the map, so assistive technology is not read a hundred names.

import { locate } from "./areas.js";
import { atlas } from "./atlas.js";
import { areaName, kotaName } from "./reference.js";
import { t } from "./texts.js";

const LEVELS = [["kelurahan", 13], ["kecamatan", 11], ["kota", 0]]; // from which zoom
const SAID_FROM = 14; // zoom from which the map says where its centre is
const FONT = { kota: "700 15px", kecamatan: "600 13px", kelurahan: "600 12px" }; // as in base.css
const HEIGHT = 20, GAP = 6; // pixels
const CONTROLS = { x: 30, y: 55, half: 34, tall: 65 }; // where the zoom buttons lie, from the map's corner

/** `after`: a promise that everything but the names waits for. */
export async function nameAreas(L, map, after) {
  const { areas } = await atlas();
  if (!map.getPane("mapPane")?.isConnected) return;
  const pane = map.createPane("names");
  const said = L.DomUtil.create("p", "map-said", map.getContainer());
  for (const part of [pane, said]) part.setAttribute("aria-hidden", "true");
  const places = placesOf(areas), names = L.layerGroup().addTo(map), width = ruler(map.getContainer());
  const show = () => (draw(L, map, names, places, width), say(map, said, after));
  map.on("moveend", show);
  show();
}

function placesOf(areas) {
  return {
    kelurahan: areas.map(({ name, lat, lon }) => ({ name, lat, lon })),
    kecamatan: centres(areas, (area) => area.kecamatan.code, (area) => area.kecamatan.name),
    kota: centres(areas, (area) => area.kota.code, kotaName),
  };
}

/** Where the kelurahan of a larger unit have their middle. */
function centres(areas, code, name) {
  const groups = new Map();
  for (const area of areas) groups.set(code(area), [...(groups.get(code(area)) ?? []), area]);
  const mean = (group, axis) => group.reduce((sum, area) => sum + area[axis], 0) / group.length;
  return [...groups.values()].map((group) => ({ name: name(group[0]), lat: mean(group, "lat"), lon: mean(group, "lon") }));
}

function ruler(element) {
  const pen = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(element).fontFamily;
  return (kind, text) => {
    pen.font = `${FONT[kind]} ${family}`;
    return pen.measureText(text).width;
  };
}

/** The first in the city's order wins: what it covers, and what would be cut off, comes when there is room. */
function draw(L, map, names, places, width) {
  names.clearLayers();
  const [kind] = LEVELS.find(([, from]) => map.getZoom() >= from);
  const view = map.getBounds(), size = map.getSize(), taken = [CONTROLS];
  for (const { name, lat, lon } of places[kind]) {
    if (!view.contains([lat, lon])) continue;
    const { x, y } = map.latLngToContainerPoint([lat, lon]), half = width(kind, name) / 2 + GAP;
    if (x < half || x + half > size.x || y < HEIGHT || y + HEIGHT > size.y) continue;
    if (taken.some((other) => Math.abs(other.y - y) < other.tall && Math.abs(other.x - x) < other.half + half)) continue;
    taken.push({ x, y, half, tall: HEIGHT });
    nameAt(L, name, [lat, lon], kind, half).addTo(names);
  }
}

function nameAt(L, name, at, kind, half) {
  const icon = L.divIcon({ className: `area-name ${kind}`, html: "", iconSize: [2 * half, HEIGHT], iconAnchor: [half, HEIGHT / 2] });
  return L.marker(at, { pane: "names", interactive: false, keyboard: false, icon }).on("add", ({ target }) => (target.getElement().textContent = name));
}

async function say(map, said, after) {
  const close = map.getZoom() >= SAID_FROM;
  said.hidden = !close;
  if (!close) return;
  const centre = map.getCenter();
  await after;
  const { area } = await locate(centre.lat, centre.lng);
  if (map.getPane("names") && map.getCenter().equals(centre)) said.textContent = area ? areaName(area) : t("atlas.beyond");
}
