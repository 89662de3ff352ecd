// Which kelurahan holds a point. `locate(lat, lon)` → {area, sure, near: [areas]} or null (outside Jakarta). With the
// city's outlines (/areas.json, TopoJSON) the answer is sure inside one; without, or beside them, it is the nearest
// centroid, to be confirmed ("perkiraan"). `outlines()` → [{code, rings: [[lat, lon], …][]}] or null. `metres(a, b)`.

import { reference } from "./reference.js";

const DEGREE = 111_195; // metres of one degree of latitude
const NARROWED = Math.cos((6.2 * Math.PI) / 180);
const REACH = 3_600; // metres: farther from every centroid is outside; the islands lie farther apart
const ISLAND_REACH = 12_000;
const BESIDE = 1_500; // metres to the nearest drawn point that still count (sea, piers)
const NEIGHBOURS = 6;

export const metres = (a, b) => Math.hypot((a.lat - b.lat) * DEGREE, (a.lon - b.lon) * DEGREE * NARROWED);

let drawn = null;

export function outlines() {
  drawn ??= fetch("/areas.json").then((answer) => (answer.ok ? answer.json() : null)).then((topology) => topology && decode(topology), () => null);
  return drawn;
}

function decode(topology) {
  const { scale: [sx, sy], translate: [left, bottom] } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [bottom + (y += dy) * sy, left + (x += dx) * sx]);
  });
  const ring = (numbers) => numbers.flatMap((n, i) => (n < 0 ? [...arcs[~n]].reverse() : arcs[n]).slice(i ? 1 : 0));
  return Object.values(topology.objects)[0].geometries.map((shape) => ({ code: shape.id, rings: shape.arcs.flat().map(ring) }));
}

export async function locate(lat, lon) {
  const { areas } = await reference();
  const shapes = await outlines();
  const here = { lat, lon };
  const near = [...areas].sort((a, b) => away(a, here) - away(b, here)).slice(0, NEIGHBOURS + 1);
  const inside = shapes?.find((shape) => contains(shape.rings, lat, lon));
  if (inside) return found(areas.find((area) => area.code === inside.code), true, near);
  const guess = shapes ? areas.find((area) => area.code === beside(shapes, here)) : near.find((area) => away(area, here) <= reach(area));
  return guess ? found(guess, false, near) : null;
}

// Some islands lie too far from their kelurahan's centroid to be found by it: they have points of their own.
const away = (area, here) => Math.min(...[area, ...(area.islands ?? [])].map((point) => metres(point, here)));

const found = (area, sure, near) => ({ area, sure, near: near.filter((other) => other.code !== area.code).slice(0, NEIGHBOURS) });

const reach = (area) => (area.code.startsWith("31.01.") ? ISLAND_REACH : REACH);

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

function beside(shapes, here) {
  let best = null, least = BESIDE;
  for (const { code, rings } of shapes) {
    for (const [lat, lon] of rings.flat()) {
      const away = metres(here, { lat, lon });
      if (away < least) [least, best] = [away, code];
    }
  }
  return best;
}
