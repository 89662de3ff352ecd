// Which kelurahan holds a point. `locate(lat, lon)` → {area, sure, near: [areas]}, or {area: null, outside: {name}} beyond
// Jakarta, with the neighbouring city where one is near. With the city's outlines (/areas.json, TopoJSON) the answer is
// sure inside one; without them it is the nearest centroid, to be confirmed ("perkiraan"). `outlines()` → {shapes: [{code,
// rings: [[lat, lon], …][]}], borders: {kota, kecamatan, kelurahan: [[lat, lon], …][]}} or null. `metres(a, b)`; `COARSE`.

import { atlas } from "./atlas.js";

export const COARSE = 100; // metres: a worse position is asked about
export const DEGREE = 111_195; // metres of one degree of latitude
const NARROWED = Math.cos((6.2 * Math.PI) / 180);
const REACH = 3_600; // metres: farther from every centroid is outside; the islands lie farther apart
const ISLAND_REACH = 12_000;
const ISLANDS = "31.01.";
const NAMED_WITHIN = 20_000; // metres of a neighbouring city's point
const BORDER = 30; // metres that a simplified border may be off
const BESIDE = 1_000; // metres off the coast that still count (piers, boats)
const BAY = { south: -6.13, west: 106.73, east: 106.965 }; // degrees: here, what is not Jakarta is water
const NEIGHBOURS = 6;

export const metres = (a, b) => Math.hypot(...flat(a, b));

const flat = (from, to) => [(to.lon - from.lon) * DEGREE * NARROWED, (to.lat - from.lat) * DEGREE];

let drawn = null;

export function outlines() {
  drawn ??= fetch("/areas.json").then((answer) => (answer.ok ? answer.json() : null)).then((topology) => topology && decode(topology)).catch(() => (drawn = null));
  return drawn;
}

function decode(topology) {
  const { scale: [sx, sy], translate: [left, bottom] } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [bottom + (y += dy) * sy, left + (x += dx) * sx]);
  });
  const ring = (numbers) => numbers.flatMap((n, i) => (n < 0 ? [...arcs[~n]].reverse() : arcs[n]).slice(i ? 1 : 0));
  const { geometries } = Object.values(topology.objects)[0];
  const shapes = geometries.map((shape) => ({ code: shape.id, rings: shape.arcs.flat().map(ring) }));
  return { shapes: shapes.map((shape) => ({ ...shape, box: boxOf(shape.rings.flat()) })), borders: bordersOf(geometries, arcs) };
}

const boxOf = (points) => [0, 1].map((axis) => points.reduce(([low, high], point) => [Math.min(low, point[axis]), Math.max(high, point[axis])], [Infinity, -Infinity]));

/** Each border once, under the largest unit that it parts: codes of one kota share five signs, of one kecamatan eight. */
function bordersOf(geometries, arcs) {
  const beside = arcs.map(() => []);
  for (const { id, arcs } of geometries) for (const n of arcs.flat(2)) beside[n < 0 ? ~n : n].push(id);
  const borders = { kota: [], kecamatan: [], kelurahan: [] };
  beside.forEach(([one, other = ""], n) => borders[one.slice(0, 5) !== other.slice(0, 5) ? "kota" : one.slice(0, 8) !== other.slice(0, 8) ? "kecamatan" : "kelurahan"].push(arcs[n]));
  return borders;
}

export async function locate(lat, lon) {
  const [{ areas, neighbours }, drawn] = await Promise.all([atlas(), outlines()]);
  const here = { lat, lon };
  const near = [...areas].sort((a, b) => away(a, here) - away(b, here)).slice(0, NEIGHBOURS + 1);
  const inside = drawn?.shapes.find((shape) => contains(shape.rings, lat, lon));
  if (inside) return found(areas.find((area) => area.code === inside.code), true, near);
  const guess = drawn ? areas.find((area) => area.code === beside(drawn.shapes, here)) : reached(near, neighbours, here);
  return guess ? found(guess, false, near) : { area: null, outside: { name: neighbourAt(here, neighbours) } };
}

// Some islands lie too far from their kelurahan's centroid to be found by it: they have points of their own.
const away = (area, here) => Math.min(...[area, ...(area.islands ?? [])].map((point) => metres(point, here)));

const found = (area, sure, near) => ({ area, sure, near: near.filter((other) => other.code !== area.code).slice(0, NEIGHBOURS) });

const reach = (area) => (area.code.startsWith(ISLANDS) ? ISLAND_REACH : REACH);

/** No point of Jakarta is nearer to a neighbouring city's point than to a centroid of its own. */
function reached(near, neighbours, here) {
  const first = near.find((area) => away(area, here) <= reach(area));
  return first && !neighbours.some((city) => metres(city, here) < away(first, here)) ? first : null;
}

function neighbourAt(here, neighbours) {
  const [first] = [...neighbours].sort((a, b) => metres(a, here) - metres(b, here));
  return first && metres(first, here) <= NAMED_WITHIN ? first.name : null;
}

function contains(rings, lat, lon) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [aLat, aLon] = ring[i], [bLat, bLon] = ring[j];
      if (aLat > lat !== bLat > lat && lon < aLon + ((lat - aLat) / (bLat - aLat)) * (bLon - aLon)) inside = !inside;
    }
  }
  return inside;
}

/** The kelurahan at whose border, or off whose coast, the point lies. On a neighbour's land there is none, however near. */
function beside(shapes, here) {
  const { code, away } = nearestBorder(shapes, here);
  const atSea = code.startsWith(ISLANDS) || (here.lat > BAY.south && here.lon > BAY.west && here.lon < BAY.east);
  return away <= (atSea ? BESIDE : BORDER) ? code : null;
}

/** Shapes out of reach are not looked at. */
function nearestBorder(shapes, here) {
  const margin = BESIDE / DEGREE / NARROWED;
  const close = ({ box }) => [here.lat, here.lon].every((at, axis) => at > box[axis][0] - margin && at < box[axis][1] + margin);
  let best = { code: "", away: Infinity };
  for (const { code, rings } of shapes.filter(close)) {
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const away = distanceTo(ring[i - 1], ring[i], here);
        if (away < best.away) best = { code, away };
      }
    }
  }
  return best;
}

function distanceTo([aLat, aLon], [bLat, bLon], here) {
  const a = { lat: aLat, lon: aLon };
  const [dx, dy] = flat(a, { lat: bLat, lon: bLon }), [x, y] = flat(a, here);
  const along = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - along * dx, y - along * dy);
}
