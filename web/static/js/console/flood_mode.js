// Flood mode, for a coordinator: switched on for a category, an area and some hours, off again, and what it did.

import { sentence } from "../api.js";
import { kotaName } from "../reference.js";
import { t } from "../texts.js";
import { Notice, focusOn, html, say, useEffect, useState } from "../view.js";
import { short } from "../when.js";
import { CategoryField } from "./desk_fields.js";
import { useDraft } from "./drafts.js";
import { Select } from "./select.js";

const HOURS = [1, 3, 6, 12, 24];
const NEW = { category: "", area: "", hours: 3 };
const FIELDS = { category: "category", area: "kota" }; // what must be chosen, and where

export function FloodMode({ context }) {
  const { city } = context;
  const [items, setItems] = useState(null);
  const [problem, setProblem] = useState(null);
  const load = () => city.floods().then((found) => (setItems(found), setProblem(null)), setProblem);
  useEffect(() => void load(), []);
  const off = (flood) => city.switchFloodOff(flood.id).then(() => (say(t("console.flood_is_off")), load(), focusOn("flood-mode")), setProblem);
  return html`<section class="card" id="flood-mode"><h2>${t("console.flood")}</h2>
    <p>${t("console.flood_about")}</p>
    ${problem && html`<${Notice} kind="warn" role="alert"><p>${sentence(problem)}</p><button class="button" onClick=${load}>${t("common.retry")}</button><//>`}
    ${items?.length === 0 && html`<p>${t("console.flood_none")}</p>`}
    ${items?.length > 0 && html`<ul class="plain rows">${items.map((flood) => html`<${Switch} key=${flood.id} flood=${flood} onOff=${() => off(flood)} />`)}</ul>`}
    <${Form} context=${context} onDone=${load} />
  </section>`;
}

function Switch({ flood, onOff }) {
  const state = flood.on ? t("console.flood_until", { at: short(flood.until) }) : t("console.flood_ended", { at: short(flood.off_at ?? flood.until) });
  return html`<li class="flood">
    <p><strong>${flood.category.name}</strong> · ${flood.area.name} <span class=${`flag ${flood.on ? "" : "off"}`}>${state}</span></p>
    <p class="small muted">${t("console.flood_since", { at: short(flood.since), by: flood.by, least: flood.least })}${flood.off_by && ` · ${t("console.flood_off_by", { by: flood.off_by })}`}</p>
    ${flood.incidents.length > 0 && html`<ul>${flood.incidents.map(({ area, hour, lead, merged }) => html`<li key=${lead}>${area.name}, ${short(hour)}: <a href=${`#${lead}`}>${lead}</a> ${t("console.flood_merged", { n: merged })}</li>`)}</ul>`}
    ${flood.on && html`<button type="button" class="button slim" onClick=${onOff}>${t("console.flood_off")}<span class="unseen"> ${flood.category.name}, ${flood.area.name}</span></button>`}
  </li>`;
}

function Form({ context, onDone }) {
  const { city, reference } = context;
  const { values, change, clear } = useDraft("flood", NEW);
  const [refusal, setRefusal] = useState(null);
  const [absent, setAbsent] = useState([]); // names of fields
  const [busy, setBusy] = useState(false);
  const set = (name, value) => (change((old) => ({ ...old, [name]: value })), setAbsent((old) => old.filter((each) => each !== name)));
  const faultAt = (name, field) => (absent.includes(name) ? t("console.fault_required", { name: t(`console.flood_${field}`) }) : undefined);
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const empty = Object.keys(FIELDS).filter((name) => !values[name]);
    setAbsent(empty);
    if (empty.length) return focusOn(`flood-${FIELDS[empty[0]]}`);
    setBusy(true);
    setRefusal(null);
    const done = () => (clear(), say(t("console.flood_is_on")), onDone());
    await city.switchFloodOn(values).then(done, setRefusal);
    setBusy(false);
  };
  return html`<form onSubmit=${submit} novalidate>
    <h3>${t("console.flood_new")}</h3>
    <${CategoryField} id="flood-category" label=${t("console.flood_category")} value=${values.category} error=${faultAt("category", FIELDS.category)} context=${context} onPick=${(code) => set("category", code)} />
    <${Area} areas=${reference.areas} value=${values.area} error=${faultAt("area", FIELDS.area)} onChange=${(code) => set("area", code)} />
    <${Select} id="flood-hours" label=${t("console.flood_hours")} value=${values.hours} options=${HOURS.map((hours) => [hours, hours])} empty=${null} onChange=${(hours) => set("hours", Number(hours))} />
    ${refusal && html`<${Notice} kind="bad" role="alert"><p>${said(refusal)}</p><//>`}
    <button class="button main" aria-disabled=${busy}>${t(busy ? "act.sending" : "console.flood_on")}</button>
  </form>`;
}

/** From the kota down, as far as somebody chooses: a kelurahan's code begins with its kecamatan's, and that with its
 *  kota's. */
function Area({ areas, value, error, onChange }) {
  const parts = value.split(".").length;
  const above = (code, length) => code.split(".").slice(0, length).join(".");
  const choices = (length, name) => new Map(areas.filter(({ code }) => length === 2 || above(code, length - 1) === above(value, length - 1)).map((area) => [above(area.code, length), name(area)]));
  const choose = (name, length, names, whole) => html`<${Select} key=${name} id=${`flood-${name}`} label=${t(`console.flood_${name}`)} value=${parts >= length && value ? above(value, length) : ""} options=${[...names]} empty=${whole} error=${length === 2 ? error : undefined} onChange=${(code) => onChange(code || (length === 2 ? "" : above(value, length - 1)))} />`;
  return html`
    ${choose("kota", 2, choices(2, kotaName), t("act.choose"))}
    ${parts >= 2 && choose("kecamatan", 3, choices(3, ({ kecamatan }) => kecamatan.name ?? kecamatan), t("console.flood_whole"))}
    ${parts >= 3 && choose("kelurahan", 4, choices(4, ({ name }) => name), t("console.flood_whole"))}`;
}

const FAULTS = ["category", "hours"];

function said(problem) {
  if (problem.status === 409) return t("console.flood_twice");
  const fault = problem.errors?.find(({ field }) => FAULTS.includes(field));
  return fault ? t(`console.flood_fault_${fault.field}`) : sentence(problem);
}
