// One field for each need of the table, by its name. A need without a field of its own is a line of text.

import { photosNamed } from "../case_view.js";
import { now } from "../clock.js";
import { PlacePicker } from "../place.js";
import { Said } from "../said.js";
import { t, has } from "../texts.js";
import { Field, html } from "../view.js";
import { CategoryField } from "./desk_fields.js";
import { Survivor } from "./duplicates.js";
import { Evidence } from "./evidence.js";
import { leadsTo } from "./leads_to.js";
import { OfficerPicker, UnitPicker } from "./pickers.js";
import { Select } from "./select.js";

const LONGEST = 4000; // characters of a text
const SHORT = 100; // of a line
const DAY = 86_400_000; // ms

const GROUNDS = ["personal_data", "court_order", "minor", "security", "other"]; // on which a case may be hidden

const isOptional = (row, name) => !row.required.includes(name);

function Text({ id, name, action, row, view, values, set, fault }) {
  const to = typeof row.to === "string" ? row.to : leadsTo({ to: row.to, status: view.status });
  const hint = [`act.text_of_${action}`, `act.text_${to}`].find(has);
  return html`<${Field} id=${id} label=${t("act.text")} hint=${hint && t(hint)} optional=${isOptional(row, name)} error=${fault}>
    ${(tie) => html`<textarea ...${tie} rows="4" maxlength=${LONGEST} value=${values.text} onInput=${(event) => set("text", event.target.value)}></textarea>`}
  <//>`;
}

/** Fields of several inputs are groups with a legend. */
function Group({ id, label, hint, error, optional, children }) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return html`<fieldset id=${id} class=${`field ${error ? "has-error" : ""}`} tabindex="-1" aria-describedby=${described}>
    <legend>${label}${optional && html` <span class="muted small">(${t("common.optional")})</span>`}</legend>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${error && html`<p class="wrong" id=${`${id}-error`}>${error}</p>`}
    ${children}
  </fieldset>`;
}

function Unit({ id, name, row, view, context, values, set, fault }) {
  const units = row.fields.includes("officer") ? context.unitsToAssign(view) : context.unitsToCoordinate(view, { any: !isForOwners(row) });
  return html`<${Group} id=${id} label=${t("act.unit")} hint=${units.likely.length ? t("act.unit_hint") : undefined} optional=${isOptional(row, name)} error=${fault}>
    <${UnitPicker} ...${units} value=${values.unit} onChange=${(code) => (set("unit", code), set("officer", ""))} />
  <//>`;
}

/** Only a coordination goes to an owner of the category; everything else may go to any unit of the city. */
const isForOwners = (row) => row.to === "coordinated";

function Category({ id, view, context, values, set, fault }) {
  return html`<${CategoryField} id=${id} label=${t("act.category")} value=${values.category} without=${view.category.code} error=${fault} context=${context} onPick=${(code) => set("category", code)} />`;
}

function Officer({ id, view, context, values, set, fault }) {
  return html`<${Group} id=${id} label=${t("act.officer")} hint=${t("act.officer_hint")} error=${fault}>
    <${OfficerPicker} city=${context.city} holder=${view.unit.code} unit=${values.unit} names=${context.unitName} value=${values.officer} onChange=${(user) => set("officer", user)} />
  <//>`;
}

function Reason({ id, row, values, set, fault }) {
  return html`<${Select} id=${id} label=${t("act.reason")} value=${values.reason_code} options=${row.reasons.map((code) => [code, t(`reason.${code}`)])} error=${fault} onChange=${(code) => set("reason_code", code)} />`;
}

function Outcome({ id, row, values, set, fault }) {
  return html`<${Group} id=${id} label=${t("act.outcome")} error=${fault}>
    ${row.outcomes.map((code) => html`<label class="choice" key=${code}>
      <input type="radio" name="outcome" value=${code} checked=${values.outcome === code} onChange=${() => set("outcome", code)} />
      <span>${t(`act.outcome_${code}`)}<small>${t(`act.outcome_${code}_hint`)}</small></span>
    </label>`)}
  <//>`;
}

/** Each date by its own name: of the whole work, of a part, of somebody outside. */
function Until({ id, name, action, row, values, set, fault }) {
  const tomorrow = new Date(now() + DAY).toISOString().slice(0, 10);
  const [label, hint] = ["", "_hint"].map((end) => [`act.${name}_of_${action}${end}`, `act.${name}${end}`].find(has));
  return html`<${Field} id=${id} label=${t(label)} hint=${hint && t(hint)} optional=${isOptional(row, name)} error=${fault}>
    ${(tie) => html`<input ...${tie} type="date" min=${tomorrow} value=${values[name]} onInput=${(event) => set(name, event.target.value)} />`}
  <//>`;
}

function Photos({ id, row, view, context, values, set, fault }) {
  const isProof = row.fields.includes("outcome");
  return html`<${Group} id=${id} label=${t(isProof ? "act.proof" : "act.photos")} hint=${isProof ? t("act.proof_hint") : undefined} optional=${!isProof || context.proofOf(view) !== "photo"} error=${fault}>
    <${Evidence} needed=${isProof} city=${context.city} number=${view.number} shots=${values.shots} change=${(update) => set("shots", update)} />
  <//>`;
}

function Internal({ id, values, set }) {
  return html`<label class="choice"><input id=${id} type="checkbox" checked=${values.internal} onChange=${(event) => set("internal", event.target.checked)} /><span>${t("act.internal")}<small>${t("act.internal_hint")}</small></span></label>`;
}

function Location({ id, values, set, fault }) {
  return html`<${Group} id=${id} label=${t("act.location")} error=${fault}><${PlacePicker} value=${values.location} onChange=${(place) => set("location", place)} /><//>`;
}

/** One of a few, by name: `choices` are [value, words]. */
function Choice({ id, label, name, row, choices, values, set, fault }) {
  return html`<${Select} id=${id} label=${label} value=${values[name] ?? ""} options=${choices} optional=${isOptional(row, name)} error=${fault} onChange=${(chosen) => set(name, chosen)} />`;
}

/** It was chosen by the button beside it. */
function Part({ id, view, values }) {
  const part = view.parts.find(({ part }) => part === values.part);
  return part && html`<p id=${id}><strong>${part.unit.name}</strong>${part.text && html`: <${Said} text=${part.text} />`}</p>`;
}

/** Agencies outside the city by their names; any other is typed. */
function OutsideUnit({ id, context, values, set, fault }) {
  const known = context.reference.units.filter((unit) => unit.kind === "eksternal");
  return html`<${Field} id=${id} label=${t("act.outside_unit")} hint=${t("act.outside_unit_hint")} error=${fault}>
    ${(tie) => html`<input ...${tie} type="text" list=${`${id}-known`} autocomplete="off" maxlength=${SHORT} value=${values.outside_unit ?? ""} onInput=${(event) => set("outside_unit", event.target.value)} />
      <datalist id=${`${id}-known`}>${known.map((unit) => html`<option key=${unit.code} value=${unit.name}></option>`)}</datalist>`}
  <//>`;
}

const Ground = (field) => html`<${Choice} ...${field} label=${t("act.legal_ground")} choices=${GROUNDS.map((code) => [code, t(`case.ground_${code}`)])} />`;

/** Chosen by its picture, and called as the case page calls it. */
function OnePhoto({ id, name, view, values, set, fault }) {
  const shown = photosNamed(view.photos).filter(({ urls }) => urls);
  return html`<${Group} id=${id} label=${t("act.photo_id")} error=${fault}>
    ${shown.map((photo) => html`<label class="choice candidate" key=${photo.photo_id}>
      <input type="radio" name=${name} value=${photo.photo_id} checked=${photo.photo_id === values[name]} onChange=${() => set(name, photo.photo_id)} />
      <img src=${photo.urls.small} alt="" width="96" height="72" /><span>${photo.name}${photo.public !== undefined && html`<small>${t(photo.public ? "act.photo_public" : "act.photo_unpublic")}</small>`}</span></label>`)}
  <//>`;
}

function Other({ id, name, row, values, set, fault }) {
  return html`<${Field} id=${id} label=${has(`act.${name}`) ? t(`act.${name}`) : name} optional=${isOptional(row, name)} error=${fault}>
    ${(tie) => html`<input ...${tie} type="text" maxlength=${SHORT} value=${values[name] ?? ""} onInput=${(event) => set(name, event.target.value)} />`}
  <//>`;
}

export const FIELDS = { text: Text, unit: Unit, category: Category, officer: Officer, reason_code: Reason, outcome: Outcome, until: Until, due_at: Until, outside_unit: OutsideUnit, survivor: Survivor, photos: Photos, internal: Internal, location: Location, part: Part, legal_ground: Ground, photo_id: OnePhoto, other: Other };
