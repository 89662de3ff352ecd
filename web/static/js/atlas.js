// The city's geography, made with the pages (web/atlas.py), so that no map waits for the whole reference data. `atlas()` →
// {areas, neighbours: [{name, lat, lon}]}; an area is as `GET /api/reference` gives it: code, name, kecamatan, kota, lat,
// lon, islands?. `kinds()` → Map of a category's code to its name in this language.

import { lang } from "./texts.js";

const once = (load) => {
  let asked = null;
  return () => (asked ??= load().catch((lost) => ((asked = null), Promise.reject(lost))));
};

const read = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(address))));

export const atlas = once(() => read("/assets/atlas.json").then(({ kota, kecamatan, areas, neighbours }) => ({
  areas: areas.map(([code, name, lat, lon, islands]) => ({
    code, name, lat, lon,
    kecamatan: { code: code.slice(0, 8), name: kecamatan[code.slice(0, 8)] },
    kota: { code: code.slice(0, 5), name: kota[code.slice(0, 5)] },
    ...(islands && { islands: islands.map(([lat, lon]) => ({ lat, lon })) }),
  })),
  neighbours: neighbours.map(([name, lat, lon]) => ({ name, lat, lon })),
})));

export const kinds = once(() => read(lang === "en" ? "/assets/kinds.en.json" : "/assets/kinds.id.json").then((names) => new Map(Object.entries(names))));
