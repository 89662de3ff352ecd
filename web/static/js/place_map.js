// The map on which somebody puts a pin. `drawPlace(element, onPick)` → {follow(value), centre(), remove()}: `onPick({lat,
// lon})` for a tap and for a pin that was moved; `follow` shows what is chosen (place.js), with a circle around what the
// device is sure of; `centre()` → {lat, lon}.

import { COARSE } from "./areas.js";
import { around, drawMap, JAKARTA, pin } from "./map.js";
import { t } from "./texts.js";

const WHOLE = 10, AFAR = 12, LISTED = 14; // zoom

const pointOf = ({ lat, lng }) => ({ lat, lon: lng });

export async function drawPlace(element, onPick) {
  const drawn = { ...(await drawMap(element)), marker: null, circle: null };
  const { map } = drawn;
  map.on("click", ({ latlng }) => onPick(pointOf(latlng)));
  return { follow: (value) => follow(drawn, value, onPick), centre: () => pointOf(map.getCenter()), remove: () => map.remove() };
}

function follow(drawn, value, onPick) {
  const { L, map } = drawn;
  drawn.circle?.remove();
  const at = value && [value.lat, value.lon];
  const isOff = value?.outside && !L.latLngBounds(map.options.maxBounds).contains(at);
  if (!value || value.listed || isOff) {
    drawn.marker?.remove();
    drawn.marker = null;
    if (isOff) map.setView(JAKARTA, WHOLE); // no pin can be dragged home from where the map does not reach
    else if (value) map.setView([value.area.lat, value.area.lon], LISTED);
    return;
  }
  drawn.marker ??= pin(L, at, t("place.pin")).addTo(map).on("dragend", ({ target }) => onPick(pointOf(target.getLatLng())));
  drawn.marker.setLatLng(at);
  if (value.accuracy_m) drawn.circle = around(L, at, value.accuracy_m).addTo(map);
  look(drawn, value, at);
}

/** So near that one can aim; beyond Jakarta so far that the way back is seen. */
function look({ map, circle, close }, { accuracy_m, outside }, at) {
  if (outside) map.setView(at, AFAR);
  else if (accuracy_m > COARSE) map.fitBounds(circle.getBounds(), { maxZoom: close() });
  else if (map.getZoom() < close()) map.setView(at, close());
  else map.panTo(at);
}
