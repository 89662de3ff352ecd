// Reports of a list on a map. `together(near)`: which of them share a point.

/** [numbers in the list, point]: places are rounded, so that several often share one. */
export function together(near) {
  const found = new Map();
  for (const [index, { place }] of near.entries()) {
    if (!place) continue;
    const key = `${place.lat} ${place.lon}`;
    found.set(key, [[...(found.get(key)?.[0] ?? []), index + 1], [place.lat, place.lon]]);
  }
  return [...found.values()];
}
