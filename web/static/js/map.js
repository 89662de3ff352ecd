// Leaflet, loaded when a map is wanted. `drawMap(element, {center, zoom, label})` → {L, map, outlined}: outlines of the kelurahan
// where the city brought them, else their names at the centroids; no tiles, no other origin. `pin(L, latlng, title)`: a
// marker that can be dragged. `dot(L, latlng, count, title)`: a circle with a number.

import { outlines } from "./areas.js";
import { reference } from "./reference.js";
import { t } from "./texts.js";

export const JAKARTA = [-6.2, 106.83];
const NAMES_FROM = 13; // zoom: below, the names would lie on each other
const LINE = 18, HALF_SIGN = 3.6; // pixels: the height of a name, and half the width of one of its letters
const REACHES = [[-7.0, 106.2], [-5.2, 107.2]]; // south-west, north-east: with the islands

let loading = null;

function leaflet() {
  loading ??= Promise.all([import("/assets/vendor/leaflet.js"), sheet("/assets/leaflet.css")]).then(() => globalThis.L);
  return loading;
}

function sheet(href) {
  return new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.prepend(link); // before ours, so that ours win
  });
}

export async function drawMap(element, { center = JAKARTA, zoom = 11, label = t("place.map") } = {}) {
  const [L, shapes] = await Promise.all([leaflet(), outlines()]);
  // Without zoom animation: it has nothing to fade here, and one under way outlives a map that is taken away.
  const map = L.map(element, { center, zoom, minZoom: 9, maxZoom: 18, maxBounds: REACHES, preferCanvas: true, zoomAnimation: false, zoomControl: false });
  L.control.zoom({ zoomInTitle: t("place.zoom_in"), zoomOutTitle: t("place.zoom_out") }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.attributionControl.setPrefix(false);
  element.setAttribute("role", "application");
  element.setAttribute("aria-label", label);
  const { areas } = await reference();
  if (shapes) outline(L, map, shapes);
  else areas.forEach((area) => L.circleMarker([area.lat, area.lon], { radius: 4, weight: 1, color: "#5b7a70", fillOpacity: 0.5, interactive: false }).addTo(map));
  nameAreas(L, map, areas);
  return { L, map, outlined: Boolean(shapes) };
}

function outline(L, map, shapes) {
  for (const { rings } of shapes) L.polygon(rings, { weight: 1, color: "#4f7a6d", fillColor: "#7fb5a4", fillOpacity: 0.14, interactive: false }).addTo(map);
}

/** Names that lie on an earlier one are left out: closer in, there is room for them. */
function nameAreas(L, map, areas) {
  const names = L.layerGroup().addTo(map);
  const show = () => {
    names.clearLayers();
    if (map.getZoom() < NAMES_FROM) return;
    const placed = [];
    for (const { name, lat, lon } of areas) {
      const { x, y } = map.latLngToLayerPoint([lat, lon]);
      const covered = placed.some((other) => Math.abs(other.y - y) < LINE && Math.abs(other.x - x) < (other.length + name.length) * HALF_SIGN);
      if (covered) continue;
      placed.push({ x, y, length: name.length });
      nameAt(L, name, [lat, lon]).addTo(names);
    }
  };
  map.on("zoomend", show);
  show();
}

function nameAt(L, name, at) {
  const icon = L.divIcon({ className: "area-name", html: "", iconSize: [110, 16], iconAnchor: [55, 22] });
  return L.marker(at, { interactive: false, keyboard: false, icon }).on("add", ({ target }) => (target.getElement().textContent = name));
}

export const pin = (L, latlng, title) => L.marker(latlng, { draggable: true, autoPan: true, title, alt: title, icon: L.divIcon({ className: "pin", html: "", iconSize: [44, 44], iconAnchor: [22, 42] }) });

export function dot(L, latlng, count, title) {
  const size = Math.max(26, Math.min(56, 24 + Math.sqrt(count) * 4));
  const icon = L.divIcon({ className: "dot", html: "", iconSize: [size, size] });
  return L.marker(latlng, { icon, title, alt: title }).on("add", ({ target }) => (target.getElement().textContent = count > 1 ? count : ""));
}
