// A kelurahan without a map: `<AreaPicker onPick />`. What people type is searched as they write it (find_area.js); hits
// are buttons. Without words a kota lists its kecamatan and their kelurahan.

import { areaName, kotaName, reference } from "./reference.js";
import { areaSearch } from "./tables.js";
import { t } from "./texts.js";
import { html, Notice, useEffect, useState } from "./view.js";

const MOST = 10; // hits

export function AreaPicker({ onPick, id = "area" }) {
  const [areas, setAreas] = useState(null);
  const [search, setSearch] = useState(null);
  const [typed, setTyped] = useState("");
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    reference().then(({ areas }) => setAreas(areas), () => setFailed(true));
    areaSearch().then((found) => setSearch(() => found), () => {});
  }, []);
  if (failed) return html`<${Notice} kind="warn">${t("place.no_list")}</${Notice}>`;
  if (!areas) return html`<p class="loading">${t("common.loading")}</p>`;
  const pick = (area) => (setTyped(""), onPick(area));
  return html`<div class="stack">
    <div class="field"><label for=${`${id}-words`}>${t("place.search")}</label>
      <p class="hint" id=${`${id}-hint`}>${t("place.search_hint")}</p>
      <input id=${`${id}-words`} type="search" autocomplete="off" aria-describedby=${`${id}-hint`} value=${typed} onInput=${(event) => setTyped(event.target.value)} /></div>
    ${typed.trim() ? html`<${Hits} hits=${areaHits(typed, areas, search)} onPick=${pick} />` : html`<${Browse} id=${id} areas=${areas} onPick=${pick} />`}
  </div>`;
}

/** Without the search (no network) the typed letters are looked for in the names. */
export function areaHits(typed, areas, search) {
  if (!search) return areas.filter((area) => areaName(area).toLowerCase().includes(typed.trim().toLowerCase()));
  const byCode = new Map(areas.map((area) => [area.code, area]));
  return search(typed).map(({ area }) => byCode.get(area));
}

function Hits({ hits, onPick }) {
  return html`<p class="hint" role="status">${hits.length ? t("place.found", { n: hits.length }) : t("place.not_found")}</p>
    <ul class="plain hits">${hits.slice(0, MOST).map((area) => html`<li key=${area.code}>
      <button type="button" class="choice" onClick=${() => onPick(area)}><span>${area.name}<small>${`Kec. ${area.kecamatan.name}, ${kotaName(area)}`}</small></span></button></li>`)}</ul>`;
}

function Browse({ id, areas, onPick }) {
  const [kota, setKota] = useState("");
  const inside = areas.filter((area) => kotaName(area) === kota);
  return html`<div class="field"><label for=${`${id}-kota`}>${t("place.kota")}</label>
      <select id=${`${id}-kota`} value=${kota} onChange=${(event) => setKota(event.target.value)}>
        <option value="">${t("place.choose_kota")}</option>${[...new Set(areas.map(kotaName))].map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></div>
    ${[...new Set(inside.map((area) => area.kecamatan.name))].map((name) => html`<div role="group" aria-label=${`Kec. ${name}`} key=${name}><p class="hint">${`Kec. ${name}`}</p>
      <p class="row">${inside.filter((area) => area.kecamatan.name === name).map((area) => html`<button type="button" class="button" key=${area.code} onClick=${() => onPick(area)}>${area.name}</button>`)}</p></div>`)}`;
}
