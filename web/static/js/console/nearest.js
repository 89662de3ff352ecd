// The nearest case first, for who goes out with a phone. Exact where the public map knows the point within some
// 800 m, else by the middle of its kelurahan. The phone's place stays on the phone but for the map's box around it.

import { request } from "../api.js";
import { metres } from "../areas.js";
import { atlas } from "../atlas.js";

const REACH = 0.0074; // degrees: with its double the map still shows single reports, up to 0.015
const FRESH = 60_000, PATIENCE = 15_000; // ms

/** {lat, lon}; rejects where the phone does not tell. */
export function whereAmI() {
  return new Promise((done, fail) => {
    if (!navigator.geolocation) return fail(new Error("no place"));
    navigator.geolocation.getCurrentPosition(({ coords }) => done({ lat: coords.latitude, lon: coords.longitude }), fail, { enableHighAccuracy: true, maximumAge: FRESH, timeout: PATIENCE });
  });
}

/** number → {metres, exact}, of the rows whose place is known at all. */
export async function distances(rows, here) {
  const [points, { areas }] = await Promise.all([pointsAround(here), atlas()]);
  const centres = new Map(areas.map((area) => [area.code, area]));
  const known = rows.map((row) => [row.number, points.get(row.number), centres.get(row.area?.code)]);
  return new Map(known.filter(([, point, centre]) => point ?? centre).map(([number, point, centre]) => [number, { metres: metres(here, point ?? centre), exact: Boolean(point) }]));
}

export function nearestFirst(rows, far) {
  return [...rows].sort((a, b) => (far.get(a.number)?.metres ?? Infinity) - (far.get(b.number)?.metres ?? Infinity) || 0);
}

async function pointsAround({ lat, lon }) {
  const box = [lon - REACH, lat - REACH, lon + REACH, lat + REACH].map((degrees) => degrees.toFixed(4));
  const found = await request(`/map?bbox=${box}`).then(({ body }) => body.items, () => []);
  return new Map(found.filter((item) => item.number).map((item) => [item.number, item]));
}
