// What the public map and its list show alike: `groupItems(items, areas, zoom)` → {single, joined}: reports one by one,
// and counts by the kelurahan or kecamatan around them. `sift(single, filters)`: what the filters let through; a count
// cannot be sifted, its reports are not known one by one. `totalOf(shown)`.

import { metres } from "./areas.js";

const BY_KELURAHAN = 13; // zoom from which counts are told by kelurahan, else by kecamatan

export function groupItems(items, areas, zoom) {
  const placed = items.map((item) => ({ ...item, area: nearest(item, areas) }));
  const single = placed.filter((item) => item.number);
  const unit = ({ area }) => (zoom >= BY_KELURAHAN ? area : area.kecamatan);
  const heaps = new Map();
  for (const item of placed.filter((item) => !item.number)) heaps.set(unit(item).code, [...(heaps.get(unit(item).code) ?? []), item]);
  return { single, joined: [...heaps.values()].map((heap) => joined(heap, unit(heap[0]))).sort((a, b) => b.count - a.count) };
}

const nearest = (item, areas) => areas.reduce((best, area) => (!best || metres(area, item) < metres(best, item) ? area : best), null);

/** At the middle of its reports. */
function joined(heap, { code, name }) {
  const count = heap.reduce((sum, item) => sum + item.count, 0);
  const mean = (axis) => heap.reduce((sum, item) => sum + item[axis] * item.count, 0) / count;
  return { code, count, lat: mean("lat"), lon: mean("lon"), place: code.length > 8 ? name : `Kec. ${name}` };
}

export const sift = (single, { category, status }) => single.filter((item) => (!category || item.category === category) && (!status || item.status === status));

export const isSifting = ({ category, status }) => Boolean(category || status);

export const totalOf = ({ single, joined }) => joined.reduce((sum, { count }) => sum + count, single.length);
