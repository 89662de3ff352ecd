// The names that rules are written with: categories, areas of three sizes, channels, units and the units of the place.

import { kotaName } from "../reference.js";
import { t, word } from "../texts.js";

const OF_THE_PLACE = ["KEL", "KEC", "KOTA"]; // codes of the API

/** {categories, areas, channels, units} as [{code, name, note?}], and `nameOf(kind, code)`. */
export function namesFor({ categories, areas, channels, units }) {
  const lists = {
    categories: categories.map(({ code, name, group }) => ({ code, name: word(name), note: word(group) })),
    areas: wider(areas),
    channels: channels.map(({ code, name }) => ({ code, name: word(name) })),
    units: [...OF_THE_PLACE.map((code) => ({ code, name: t(`rules.of_the_place_${code}`) })), ...units.filter(({ kind }) => kind !== "eksternal")],
    owners: [...OF_THE_PLACE.map((code) => ({ code, name: t(`rules.of_the_place_${code}`) })), ...units],
  };
  const known = Object.fromEntries(Object.entries(lists).map(([kind, list]) => [kind, new Map(list.map((row) => [row.code, row.name]))]));
  return { ...lists, nameOf: (kind, code) => known[kind].get(code) ?? code };
}

/** Every kota, kecamatan and kelurahan, the wide ones first. */
function wider(areas) {
  const found = { kota: new Map(), kecamatan: new Map(), kelurahan: new Map() };
  for (const area of areas) {
    const { code, name, kecamatan, kota } = area;
    found.kota.set(kota.code, { code: kota.code, name: kota.name });
    found.kecamatan.set(kecamatan.code, { code: kecamatan.code, name: `Kec. ${kecamatan.name}`, note: kotaName(area) });
    found.kelurahan.set(code, { code, name: `Kel. ${name}`, note: `Kec. ${kecamatan.name}, ${kotaName(area)}` });
  }
  return [...found.kota.values(), ...found.kecamatan.values(), ...found.kelurahan.values()];
}

/** 1 (Monday) to 7. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7];
export const dayName = (day) => t(`rules.day_${day}`);
