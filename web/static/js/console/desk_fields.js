// What a desk fills in by the keyboard: `<CategoryField />` by words or a number key, `<WhereField />` by kelurahan, by a
// point on the map, or "not known yet", which is said on purpose. `isPlaced(draft)`: whether one of them was said.

import { areaHits } from "../area_picker.js";
import { PlacePicker } from "../place.js";
import { categoryHits } from "../problem_search.js";
import { areaName, kotaName } from "../reference.js";
import { areaSearch, problemSearch } from "../tables.js";
import { t, word } from "../texts.js";
import { Field, app, html, useEffect, useMemo, useState } from "../view.js";
import { tilesOf } from "../problem.js";
import { Choose } from "./choose.js";

const OFTEN = tilesOf(app).map(({ categories }) => categories[0]); // what people report most
const recent = []; // kelurahan of this desk's last reports

/** A search that is fetched when the field is there. */
function useSearch(load) {
  const [search, setSearch] = useState(null);
  useEffect(() => void load().then((found) => setSearch(() => found), () => {}), []);
  return search;
}

/** `first`: codes that are offered before anything was typed; `without`: a code that is not offered. */
export function CategoryField({ id = "category-typed", label = t("desk.category_typed"), value, error, first = OFTEN, without, context, onPick }) {
  const search = useSearch(problemSearch);
  const categories = useMemo(() => new Map(context.reference.categories.filter(({ code }) => code !== without).map((row) => [row.code, row])), [without]);
  const find = (typed) => (typed ? categoryHits(typed, categories, search) : [...new Set([...first, ...OFTEN])].map((code) => categories.get(code)).filter(Boolean)).map(({ code, name, group }) => ({ code, name: word(name), note: word(group) }));
  return html`<${Choose} id=${id} label=${label} hint=${t("desk.choose_hint")} error=${error} find=${find} chosen=${value ? word(categories.get(value)?.name) : ""} onPick=${onPick} />`;
}

export const isPlaced = ({ where, place }) => where === "unknown" || Boolean(place);

/** `draft`: {where, place}; `set(name, value)`. `hinted`: kelurahan that are offered first. */
export function WhereField({ draft, error, hinted = [], context, set }) {
  const { where, place } = draft;
  const choose = (kind) => (set("where", kind), set("place", null));
  return html`<fieldset class=${error ? "field has-error" : "field"} id="place" tabindex="-1" aria-describedby=${error ? "where-error" : undefined}><legend>${t("act.location")}</legend>
    ${error && html`<p class="wrong" id="where-error">${error}</p>`}
    ${["area", "pin", "unknown"].map((kind) => html`<label class="choice" key=${kind}><input type="radio" name="where" value=${kind} checked=${where === kind} onChange=${() => choose(kind)} /><span>${t(`desk.where_${kind}`)}<small>${t(`desk.where_${kind}_hint`)}</small></span></label>`)}
    ${where === "area" && html`<${AreaField} value=${place} hinted=${hinted} context=${context} onPick=${(area) => set("place", { area, listed: true })} />`}
    ${where === "pin" && html`<${PlacePicker} value=${place} onChange=${(found) => set("place", found)} />`}
  </fieldset>`;
}

function AreaField({ value, hinted, context, onPick }) {
  const search = useSearch(areaSearch);
  const { areas } = context.reference;
  const byCode = useMemo(() => new Map(areas.map((area) => [area.code, area])), []);
  const first = [...new Set([...hinted, ...ownAreas(context.me.unit.code, areas), ...recent])].map((code) => byCode.get(code)).filter(Boolean);
  const find = (typed) => (typed ? areaHits(typed, areas, search) : first).map((area) => ({ code: area.code, name: area.name, note: `Kec. ${area.kecamatan.name}, ${kotaName(area)}` }));
  return html`<${Choose} id="area-typed" label=${t("place.kelurahan")} hint=${t("desk.area_hint")} find=${find} chosen=${value ? areaName(value.area) : ""} onPick=${(code) => onPick(byCode.get(code))} />`;
}

/** A kelurahan's own; those of a kecamatan. */
function ownAreas(unit, areas) {
  const [level, code] = unit.split("_");
  const isOwn = { KEL: (area) => area.code === code, KEC: (area) => area.kecamatan.code === code }[level];
  return isOwn ? areas.filter(isOwn).map((area) => area.code) : [];
}

/** The next one at a desk often lies in the same kelurahan. */
export function keepArea(place) {
  if (place?.area) recent.unshift(...[place.area.code, ...recent.splice(0)].filter((code, at, all) => all.indexOf(code) === at).slice(0, 5));
}

export const messageOf = (errors, id) => errors.find((error) => error.id === id)?.message;

export function Line({ id, label, type = "text", maxlength, draft, errors, set }) {
  return html`<${Field} id=${id} label=${label} error=${messageOf(errors, id)} optional>
    ${(tie) => html`<input ...${tie} type=${type} autocomplete="off" maxlength=${maxlength} value=${draft[id]} onInput=${(event) => set(id, event.target.value)} />`}
  <//>`;
}

const FIELD_IDS = { location: "place" };

/** The contact's parts are fields of their own here. */
export function faultOf({ field, code }) {
  const parts = field.split(".");
  const id = parts[0] === "contact" ? (parts[1] ?? "phone") : (FIELD_IDS[parts[0]] ?? parts[0]);
  const name = t(`console.field_${id}`);
  return { id, message: t(code === "outside" ? "place.outside" : code === "required" ? "console.fault_required" : "console.fault_value", { name }) };
}

/** Ctrl+Enter saves from every field. */
export const saveByKey = (submit) => (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && submit(event);
