// The form of one routing rule, in a dialog: its name, when it fits, who receives the report then.

import { t, word } from "../texts.js";
import { ErrorSummary, Field, Notice, focusOn, html, useEffect, useRef, useState } from "../view.js";
import { CodePicker } from "./code_picker.js";
import { isKept, useDraft } from "./drafts.js";
import { UnitPicker } from "./pickers.js";
import { DAYS, dayName } from "./rule_names.js";
import { questionsOf, tidied } from "./rule_list.js";

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/; // as the API reads it
const LONGEST = 40; // characters of a name
const NOTE = 100; // signs

/** The faults that a change settles. */
const SETTLES = { rule: ["rule-rule"], when: ["rule-hours"], then: ["rule-receiver"], note: [] };

export const NEW_RULE = { rule: "", when: {}, then: { receiver: "" }, note: "" };

/** `about`: which rule, for what is typed and not kept yet; `taken` are the names of the other rules; `onDone(rule)` gets
 *  what was written. */
export function RuleForm({ about, rule, taken, names, context, onDone, onClose }) {
  const box = useRef(null);
  const { values, change: write, clear } = useDraft(about, { ...NEW_RULE, ...rule });
  const [kept] = useState(isKept(about));
  const [errors, setErrors] = useState([]);
  const { when, then } = values;
  const change = (part) => {
    write((old) => ({ ...old, ...part }));
    setErrors((old) => old.filter(({ id }) => !Object.keys(part).flatMap((name) => SETTLES[name]).includes(id)));
  };
  const ask = (name) => (value) => change({ when: { ...when, [name]: value } });
  const errorAt = (name) => errors.find(({ id }) => id === `rule-${name}`)?.message;
  useEffect(() => (box.current.showModal(), void box.current.querySelector("h2").focus()), []);
  const submit = (event) => {
    event.preventDefault();
    const wrong = faultsOf(values, taken);
    setErrors(wrong);
    if (wrong.length) return requestAnimationFrame(() => focusOn("errors"));
    clear();
    onDone(tidied({ ...values, when: { ...when, answers: standing(when, context) } }));
  };
  return html`<dialog ref=${box} class="act" aria-labelledby="rule-title" onClose=${onClose}>
    <form onSubmit=${submit} novalidate>
      <h2 id="rule-title" tabindex="-1">${rule.rule || t("rules.add")}</h2>
      <${ErrorSummary} errors=${errors} />
      ${kept && html`<${Notice}><p>${t("console.restored")}</p><//>`}
      <${Field} id="rule-rule" label=${t("rules.name")} hint=${t("rules.name_hint")} error=${errorAt("rule")}>
        ${(tie) => html`<input ...${tie} type="text" autocomplete="off" autocapitalize="none" spellcheck=${false} maxlength=${LONGEST} value=${values.rule} onInput=${(event) => change({ rule: event.target.value })} />`}
      <//>
      <h3>${t("rules.when")}</h3>
      <p class="hint">${t("rules.when_hint")}</p>
      <${CodePicker} id="rule-categories" label=${t("rules.categories")} all=${names.categories} value=${when.categories ?? []} onChange=${ask("categories")} />
      <${Answers} when=${when} context=${context} onChange=${ask("answers")} />
      <${CodePicker} id="rule-areas" label=${t("rules.areas")} all=${names.areas} value=${when.areas ?? []} onChange=${ask("areas")} />
      <${CodePicker} id="rule-channels" label=${t("rules.channels")} all=${names.channels} value=${when.channels ?? []} onChange=${ask("channels")} />
      <${Checks} legend=${t("rules.weekdays")} rows=${DAYS.map((day) => [day, dayName(day)])} value=${when.weekdays ?? []} onChange=${(days) => ask("weekdays")([...days].sort())} />
      <${Hours} value=${when.hours} onChange=${ask("hours")} error=${errorAt("hours")} />
      <h3>${t("rules.then")}</h3>
      <fieldset id="rule-receiver" class=${errorAt("receiver") ? "field has-error" : "field"} tabindex="-1">
        <legend>${t("rules.receiver")}</legend>
        ${errorAt("receiver") && html`<p class="wrong">${errorAt("receiver")}</p>`}
        <${UnitPicker} find=${t("console.unit_find")} likely=${names.units.slice(0, 3)} all=${names.units} value=${then.receiver} onChange=${(receiver) => change({ then: { ...then, receiver } })} />
      </fieldset>
      <${CodePicker} id="rule-owners" label=${t("rules.owners")} hint=${t("rules.owners_hint")} all=${names.owners} value=${then.owners ?? []} onChange=${(owners) => change({ then: { ...then, owners } })} />
      <${Field} id="rule-note" label=${t("rules.note")} optional>
        ${(tie) => html`<input ...${tie} type="text" maxlength=${NOTE} value=${values.note} onInput=${(event) => change({ note: event.target.value })} />`}
      <//>
      <div class="row end">
        <button type="button" class="button" onClick=${() => (clear(), box.current.close())}>${t("common.cancel")}</button>
        <button class="button main">${t("rules.keep")}</button>
      </div>
    </form>
  </dialog>`;
}

function faultsOf({ rule, when, then }, taken) {
  const found = [];
  if (!NAME.test(rule.trim())) found.push(["rule", "rules.fault_rule"]);
  else if (taken.includes(rule.trim()) || rule.trim() === "default") found.push(["rule", "rules.fault_taken"]);
  if (when.hours && (!when.hours.from || !when.hours.to || when.hours.from === when.hours.to)) found.push(["hours", "rules.fault_hours"]);
  if (!then.receiver) found.push(["receiver", "rules.fault_receiver"]);
  return found.map(([name, key]) => ({ id: `rule-${name}`, message: t(key) }));
}

/** Answers to questions that the chosen categories still ask. */
function standing({ answers = {}, categories = [] }, context) {
  const asked = questionsOf(categories.map(context.category).filter(Boolean)).map(({ code }) => code);
  return Object.fromEntries(Object.entries(answers).filter(([code]) => asked.includes(code)));
}

function Answers({ when: { categories = [], answers = {} }, context, onChange }) {
  const questions = questionsOf(categories.map(context.category).filter(Boolean));
  return questions.map(({ code, text, values }) => html`<${Checks} key=${code} legend=${word(text)} rows=${values.map(({ key, name }) => [key, word(name)])} value=${answers[code] ?? []} onChange=${(chosen) => onChange({ ...answers, [code]: chosen })} />`);
}

function Checks({ legend, rows, value, onChange }) {
  const [isOpen] = useState(value.length > 0); // from then on the reader opens and closes it
  const toggle = (key) => onChange(value.includes(key) ? value.filter((each) => each !== key) : [...value, key]);
  return html`<details class="field" open=${isOpen}>
    <summary>${legend}${value.length > 0 && ` (${value.length})`}</summary>
    <fieldset class="field"><legend class="unseen">${legend}</legend>
      ${rows.map(([key, name]) => html`<label class="choice" key=${key}><input type="checkbox" checked=${value.includes(key)} onChange=${() => toggle(key)} /><span>${name}</span></label>`)}
    </fieldset>
  </details>`;
}

/** Both times or none. */
function Hours({ value, onChange, error }) {
  const set = (name) => (event) => {
    const times = { from: "", to: "", ...value, [name]: event.target.value };
    onChange(times.from || times.to ? times : undefined);
  };
  const time = (name) => html`<label class="hint" for=${`rule-hours-${name}`}>${t(`rules.hours_${name}`)}</label><input id=${`rule-hours-${name}`} type="time" value=${value?.[name] ?? ""} onInput=${set(name)} />`;
  return html`<fieldset id="rule-hours" class=${error ? "field has-error" : "field"} tabindex="-1"><legend>${t("rules.hours")}</legend>
    <p class="hint">${t("rules.hours_hint")}</p>
    ${error && html`<p class="wrong">${error}</p>`}
    <div class="row times">${time("from")}${time("to")}</div>
  </fieldset>`;
}
