// The city's reference data (`GET /api/reference`), asked once per page. `reference()` → {categories, statuses, channels,
// units, areas}; `categoriesByCode()`, `areasByCode()` → Map. `areaName(area)`: "Gambir, Kec. Gambir, Jakarta Pusat".

import { request } from "./api.js";

let asked = null;

export function reference() {
  asked ??= request("/reference").then(
    ({ body }) => body,
    (problem) => {
      asked = null;
      throw problem;
    },
  );
  return asked;
}

const byCode = (list) => new Map(list.map((row) => [row.code, row]));

export const categoriesByCode = async () => byCode((await reference()).categories);
export const areasByCode = async () => byCode((await reference()).areas);

const name = (part) => part?.name ?? part ?? "";

/** `Kota Administrasi` and `Kabupaten Administrasi` are left out: nobody says them. */
export const kotaName = (area) => name(area.kota).replace(/^(Kota|Kabupaten) Administrasi /, "");

export const areaName = (area) => `${area.name}, Kec. ${name(area.kecamatan)}, ${kotaName(area)}`;
