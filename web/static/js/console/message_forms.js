// The forms by which a message ends. What the words may mean is offered with its reasons, and nothing is chosen before a
// person chooses it. What was typed is kept until it is sent (drafts.js).

import { sentence } from "../api.js";
import { PersonalHint } from "../personal_hint.js";
import { landmarkOf, locationOf } from "../place_words.js";
import { ProblemPicker, tilesOf } from "../problem.js";
import { t, word } from "../texts.js";
import { ErrorSummary, Field, Icon, Notice, app, focusOn, html, useState } from "../view.js";
import { CategoryField, Line, WhereField, faultOf, isPlaced, messageOf, saveByKey } from "./desk_fields.js";
import { Similar } from "./desk_similar.js";
import { useDraft } from "./drafts.js";
import { Select } from "./select.js";

const LONGEST = { description: 4000, answer: 4000 }; // characters
const REASONS = ["not_a_complaint", "not_enough_facts", "already_reported", "outside_authority", "outside_jakarta", "emergency", "spam", "abusive", "unreadable", "other"];
const TILES = tilesOf(app);

/** A form's draft and its way to the city. `faultsIn(values)` → [{id, message}]; `bodyOf(values)`. */
function useEnd({ view, context, onDone, onStale, step, blank, faultsIn, bodyOf }) {
  const { values, change, clear, keyFor } = useDraft(`message/${view.task_id} ${step}`, blank);
  const [errors, setErrors] = useState([]);
  const [trouble, setTrouble] = useState(null);
  const [busy, setBusy] = useState(false);
  const set = (name, value) => {
    change((old) => ({ ...old, [name]: value }));
    setErrors((old) => old.filter(({ id }) => id !== name));
  };
  const fail = (faults) => (setErrors(faults), requestAnimationFrame(() => focusOn("errors")));
  const refused = (problem) => {
    if (problem.errors?.length) return fail(problem.errors.map(faultOf));
    setTrouble(problem);
    if (problem.status === 409) onStale();
  };
  const submit = async (event) => {
    event.preventDefault();
    const faults = faultsIn(values);
    if (busy) return;
    if (faults.length) return fail(faults);
    setBusy(true);
    setTrouble(null);
    const body = { version: view.version, ...bodyOf(values) };
    await context.city.endMessage(view.task_id, step, body, keyFor(body)).then((next) => (clear(), onDone(next)), refused);
    setBusy(false);
  };
  return { values, set, errors, trouble, busy, submit };
}

function Form({ end, label, children }) {
  return html`<form onSubmit=${end.submit} onKeyDown=${saveByKey(end.submit)} novalidate>
    <${ErrorSummary} errors=${end.errors} />
    ${end.trouble && html`<${Notice} kind="bad" role="alert"><p>${t("act.not_sent")} ${sentence(end.trouble)}</p><//>`}
    ${children}
    <p><button class="button main" aria-disabled=${end.busy}>${t(end.busy ? "act.sending" : label)}</button> <span class="hint">${t("desk.lodge_key")}</span></p>
  </form>`;
}

const needed = (id) => faultOf({ field: id, code: "required" });

export function CaseForm({ view, context, ...rest }) {
  const { suggestions } = view;
  const end = useEnd({ view, context, ...rest, step: "case", blank: blankOf(view), faultsIn: caseFaults, bodyOf: caseBody });
  const { values, set, errors } = end;
  const pick = (code) => set("category", code);
  const place = (where, found) => (set("where", where), set("place", found));
  return html`<${Form} end=${end} label="desk.message_lodge">
    <${Kinds} categories=${suggestions.categories} context=${context} value=${values.category} onPick=${pick} />
    <${CategoryField} value=${values.category} first=${suggestions.categories.map(({ category }) => category.code)} context=${context} onPick=${pick} />
    <${ProblemPicker} value=${values.category} tiles=${TILES} error=${messageOf(errors, "category")} onChange=${pick} />
    <${Field} id="description" label=${t("console.description")} hint=${t("desk.message_description_hint")} error=${messageOf(errors, "description")}>
      ${(tie) => html`<textarea ...${tie} rows="5" maxlength=${LONGEST.description} value=${values.description} onInput=${(event) => set("description", event.target.value)}></textarea>`}
    <//>
    <${PersonalHint} text=${values.description} note=${t("personal.intake")} />
    <${Places} suggestions=${suggestions} context=${context} onPick=${place} />
    <${WhereField} draft=${values} error=${messageOf(errors, "place")} hinted=${suggestions.areas.map(({ code }) => code)} context=${context} set=${set} />
    <${Line} id="landmark" label=${t("console.landmark_label")} maxlength="200" draft=${values} errors=${errors} set=${set} />
    ${view.photos.length > 0 && html`<label class="choice"><input type="checkbox" checked=${values.along} onChange=${(event) => set("along", event.target.checked)} /><span>${t("desk.message_photos_along", { n: view.photos.length })}</span></label>`}
    <${Similar} draft=${values} context=${context} />
  <//>`;
}

const blankOf = ({ said, suggestions }) => ({ category: "", description: (said ?? "").trim(), where: "", place: null, landmark: suggestions.landmark ?? "", along: true });

function caseFaults(values) {
  const absent = ["category", "description"].filter((name) => !values[name].trim()).map(needed);
  return isPlaced(values) ? absent : [...absent, { id: "place", message: t("desk.where_needed") }];
}

function caseBody({ category, description, place, landmark, along }) {
  const words = place ? landmarkOf(place, landmark.trim()) : landmark.trim();
  return { category, description: description.trim(), ...(place ? { location: locationOf(place) } : {}), ...(words ? { landmark: words } : {}), ...(along ? {} : { photos: false }) };
}

/** What the words may speak of, each with the words that say so. */
function Kinds({ categories, context, value, onPick }) {
  if (!categories.length) return null;
  return html`<div class="notice" id="kinds"><${Icon} name="info" /><div><p>${t("problem.maybe")}</p>
    <ul class="plain stack">${categories.map(({ category, reasons }) => html`<li key=${category.code}><button type="button" class="button" aria-pressed=${value === category.code ? "true" : "false"} onClick=${() => onPick(category.code)}>${word(context.category(category.code).name)}</button> <span class="muted small">${reasons.length ? t("problem.because", { words: reasons.join(", ") }) : t("desk.named_by_sender")}</span></li>`)}</ul>
  </div></div>`;
}

function Places({ suggestions: { point, areas }, context, onPick }) {
  const area = (code) => context.reference.areas.find((row) => row.code === code);
  if (!point && !areas.length) return null;
  return html`<div class="notice" id="places"><${Icon} name="pin" /><div><p>${t("desk.message_places")}</p>
    <div class="row">
      ${point && html`<button type="button" class="button" onClick=${() => onPick("pin", { lat: point.lat, lon: point.lon, area: area(point.area.code), sure: true, near: [], bounded: true })}>${t("desk.message_point", { name: point.area.name })}</button>`}
      ${areas.map(({ code, name }) => html`<button type="button" class="button" key=${code} onClick=${() => onPick("area", { area: area(code), listed: true })}>${t("desk.message_area", { name })}</button>`)}
    </div></div></div>`;
}

export function ReplyForm({ view, ...rest }) {
  const most = view.longest_answer ?? LONGEST.answer;
  const end = useEnd({ view, ...rest, step: "reply", blank: { text: "" }, faultsIn: ({ text }) => (text.trim() ? [] : [needed("text")]), bodyOf: ({ text }) => ({ text: text.trim() }) });
  return html`<${Form} end=${end} label=${view.public ? "desk.message_send_public" : "desk.message_send"}>
    ${view.public && html`<${PersonalHint} text=${end.values.text} note=${t("desk.message_answer_names")} />`}
    <${Field} id="text" label=${t("desk.message_answer")} hint=${t(view.public ? "desk.message_answer_public" : "desk.message_answer_hint", { n: most })} error=${messageOf(end.errors, "text")}>
      ${(tie) => html`<textarea ...${tie} rows="5" maxlength=${most} value=${end.values.text} onInput=${(event) => end.set("text", event.target.value)}></textarea>`}
    <//>
  <//>`;
}

export function CloseForm(props) {
  const end = useEnd({ ...props, step: "close", blank: { reason_code: "", text: "" }, faultsIn: ({ reason_code }) => (reason_code ? [] : [needed("reason_code")]), bodyOf: ({ reason_code, text }) => ({ reason_code, ...(text.trim() ? { text: text.trim() } : {}) }) });
  return html`<${Form} end=${end} label="desk.message_close">
    <${Select} id="reason_code" label=${t("act.reason")} value=${end.values.reason_code} options=${REASONS.map((code) => [code, t(`desk.end_${code}`)])} error=${messageOf(end.errors, "reason_code")} onChange=${(code) => end.set("reason_code", code)} />
    <${Line} id="text" label=${t("act.text")} maxlength="4000" draft=${end.values} errors=${end.errors} set=${end.set} />
  <//>`;
}
