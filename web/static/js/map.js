// Leaflet, loaded when a map is wanted. `drawMap(element, {center, zoom, label, still, after})` → {L, map, close()}: the
// city's tiles where it has some (tiles.js), its borders where it brought them, names where no tile shows any. `close()`:
// the zoom at which one can aim. `still`: a picture of a map, without controls. `after`: a promise that borders wait for.
// `pin(L, latlng, title)`: a marker that can be dragged; `still` as above. `around(L, latlng, metres)`: a circle of what a
// device is sure of. `markSpot({L, map}, spot, title)`: where a report is, for reading; a coarse place with its circle.

import { COARSE, outlines } from "./areas.js";
import { nameAreas } from "./names.js";
import { t } from "./texts.js";
import { addTiles, hasTiles } from "./tiles.js";

export const JAKARTA = [-6.2, 106.83];
export const REACHES = [[-7.0, 106.2], [-5.2, 107.2]]; // south-west, north-east: with the islands
const WIDEST = 50_000; // metres: a circle that holds the whole city says the same as a larger one
const CLOSE = { tiles: 17, drawn: 15, bare: 14 }; // zoom; without borders the names of the kelurahan must fit
const BORDERS = [["kelurahan", 13, 1, [2, 4]], ["kecamatan", 11, 1.5], ["kota", 0, 2.5]]; // from which zoom, pixels, dashes
const STILL = { dragging: false, keyboard: false, scrollWheelZoom: false, doubleClickZoom: false, touchZoom: false, boxZoom: false };

let loading = null;

function leaflet() {
  loading ??= Promise.all([import("/assets/vendor/leaflet.js"), sheet("/assets/map.css")]).then(() => guarded(globalThis.L));
  loading.catch(() => (loading = null)); // the next map asks again
  return loading;
}

/** A map that was taken away is neither drawn nor zoomed once more: Leaflet 1.9 has deleted its parts, and may still call. */
function guarded(L) {
  const draw = L.Canvas.prototype._redraw, { ScrollWheelZoom } = L.Map, zoom = ScrollWheelZoom.prototype._performZoom;
  L.Canvas.include({ _redraw() { if (this._ctx) draw.call(this); } });
  ScrollWheelZoom.include({ _performZoom() { if (this._map._mapPane) zoom.call(this); } });
  return L;
}

function sheet(href) {
  return new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.prepend(link); // before ours, so that ours win
  });
}

export async function drawMap(element, { center = JAKARTA, zoom = 11, label = t("atlas.map"), still = false, after = null } = {}) {
  const L = await leaflet();
  // Without zoom animation: it has nothing to fade here, and one under way outlives a map that is taken away.
  const map = L.map(element, { center, zoom, minZoom: 9, maxZoom: 19, maxBounds: REACHES, preferCanvas: true, zoomAnimation: false, zoomControl: false, ...(still && STILL) });
  map.attributionControl.setPrefix(false);
  if (!still) L.control.zoom({ zoomInTitle: t("atlas.zoom_in"), zoomOutTitle: t("atlas.zoom_out") }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  element.setAttribute("role", still ? "img" : "application");
  element.setAttribute("aria-label", label);
  let gone = false, drawn = false;
  map.on("unload", () => (gone = true));
  const named = () => !gone && nameAreas(L, map, after);
  if (hasTiles) void addTiles(L, map, named);
  else named();
  void Promise.resolve(after).then(outlines).then((found) => found && !gone && ((drawn = true), outline(L, map, found)));
  return { L, map, close: () => CLOSE[hasTiles ? "tiles" : drawn ? "drawn" : "bare"] };
}

/** The land first, unless tiles show it; borders of each kind from the zoom at which they can be told apart. */
function outline(L, map, { shapes, borders }) {
  const style = getComputedStyle(map.getContainer());
  const colour = (name) => style.getPropertyValue(name).trim();
  if (!hasTiles) L.polygon(shapes.flatMap(({ rings }) => rings), { stroke: false, fillColor: colour("--map-land"), fillOpacity: 1, interactive: false }).addTo(map);
  for (const [kind, from, weight, dashes] of BORDERS) {
    const line = L.polyline(borders[kind], { weight, dashArray: dashes, color: colour("--map-line"), interactive: false });
    const show = () => (map.getZoom() >= from ? line.addTo(map) : line.remove());
    map.on("zoomend", show);
    show();
  }
}

export function pin(L, latlng, title, { still = false } = {}) {
  const icon = L.divIcon({ className: "pin", html: "", iconSize: [44, 44], iconAnchor: [22, 42] });
  return L.marker(latlng, { draggable: !still, interactive: !still, keyboard: !still, autoPan: true, title, alt: title, icon });
}

export const around = (L, latlng, metres) => L.circle(latlng, { radius: Math.min(metres, WIDEST), weight: 2, color: "#0b5091", fillOpacity: 0.12, interactive: false });

export function markSpot({ L, map }, { lat, lon, accuracy_m }, title) {
  if (accuracy_m > COARSE) map.fitBounds(around(L, [lat, lon], accuracy_m).addTo(map).getBounds());
  pin(L, [lat, lon], title, { still: true }).addTo(map);
}
