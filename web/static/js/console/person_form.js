// The form of one person, in a dialog: a new one, or what changes of somebody who is there.

import { sentence } from "../api.js";
import { t, word } from "../texts.js";
import { ErrorSummary, Field, Notice, focusOn, html, useEffect, useRef, useState } from "../view.js";
import { isKept, useDraft } from "./drafts.js";
import { UnitPicker } from "./pickers.js";

const LONGEST = { user: 64, name: 100 }; // characters
const ROLES = ["kelurahan_officer", "opd_officer", "opd_supervisor", "desk", "validator", "coordinator", "inspectorate", "administrator"];
const NEEDED = ["user", "name", "role", "unit"];
const NEW = { user: "", name: "", role: "", unit: "", channels: [], disabled: false, on_duty: true, new_password: false };

/** `person` as the city gives it, or {} for a new one. */
export function PersonForm({ person, context, onDone, onClose }) {
  const box = useRef(null);
  const isNew = !person.user;
  const about = `person ${person.user ?? ""}`;
  const [kept] = useState(isKept(about));
  const { values: changed, change, clear } = useDraft(about, {});
  const values = { ...NEW, ...person, unit: person.unit?.code ?? "", ...changed };
  const { faults, refusal, busy, submit, forgive } = useSaving(context.city, values, (found) => (clear(), onDone(found)));
  const set = (name, value) => (change((old) => ({ ...old, [name]: value })), forgive(name));
  const faultAt = (name) => faults.find((each) => each.field === name)?.message;
  const own = person.user === context.me.user;
  useEffect(() => (box.current.showModal(), void box.current.querySelector("h2").focus()), []);
  return html`<dialog ref=${box} class="act" aria-labelledby="person-title" onCancel=${(event) => busy && event.preventDefault()} onClose=${onClose}>
    <form onSubmit=${submit} novalidate>
      <h2 id="person-title" tabindex="-1">${isNew ? t("console.person_add") : person.name}</h2>
      <${ErrorSummary} errors=${faults} />
      ${kept && html`<${Notice}><p>${t("console.restored")}</p><//>`}
      ${isNew && html`<${Text} name="user" values=${values} set=${set} fault=${faultAt("user")} hint=${t("console.person_user_hint")} />`}
      <${Text} name="name" values=${values} set=${set} fault=${faultAt("name")} />
      <${Role} value=${values.role} set=${set} fault=${faultAt("role")} fixed=${own} />
      <${Unit} value=${values.unit} set=${set} fault=${faultAt("unit")} reference=${context.reference} />
      ${values.role === "desk" && html`<${Channels} value=${values.channels} set=${set} fault=${faultAt("channels")} reference=${context.reference} />`}
      ${!isNew && html`<${Switch} name="on_duty" label=${t("console.person_on_duty")} values=${values} set=${set} />`}
      ${!isNew && !values.disabled && html`<${Switch} name="new_password" label=${t("console.person_new_password")} hint=${t("console.person_new_password_hint")} values=${values} set=${set} />`}
      ${!isNew && !own && html`<${Switch} name="disabled" label=${t("console.person_disable")} hint=${t("console.person_disable_hint")} values=${values} set=${set} />`}
      ${refusal && html`<${Notice} kind="bad" role="alert"><p>${t("act.not_sent")} ${sentence(refusal)}</p><//>`}
      <div class="row end">
        <button type="button" class="button" disabled=${busy} onClick=${() => (clear(), box.current.close())}>${t("common.cancel")}</button>
        <button class="button main" aria-disabled=${busy}>${t(busy ? "act.sending" : "console.save")}</button>
      </div>
    </form>
  </dialog>`;
}

function useSaving(city, values, onDone) {
  const [faults, setFaults] = useState([]);
  const [refusal, setRefusal] = useState(null);
  const [busy, setBusy] = useState(false);
  const fail = (problem) => {
    if (!problem.errors?.length) return setRefusal(problem);
    setFaults(problem.errors.map(({ field }) => ({ id: `person-${field}`, field: field.split(".")[0], message: t(`console.person_fault_${field.split(".")[0]}`) })));
    requestAnimationFrame(() => focusOn("errors"));
  };
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const absent = NEEDED.filter((name) => !values[name].trim()).map((field) => ({ field }));
    if (absent.length) return fail({ errors: absent });
    setBusy(true);
    setRefusal(null);
    await city.putPerson(sent(values)).then(onDone, fail);
    setBusy(false);
  };
  return { faults, refusal, busy, submit, forgive: (name) => setFaults((old) => old.filter((fault) => fault.field !== name)) };
}

const sent = ({ user, name, role, unit, channels, disabled, on_duty, new_password }) => ({
  user: user.trim().toLowerCase(), name: name.trim(), role, unit, disabled, on_duty, channels: role === "desk" ? channels : [], ...(new_password && { new_password }),
});

function Text({ name, values, set, fault, hint }) {
  return html`<${Field} id=${`person-${name}`} label=${t(`console.person_${name}`)} hint=${hint} error=${fault}>
    ${(tie) => html`<input ...${tie} type="text" autocomplete="off" autocapitalize=${name === "user" ? "none" : undefined} spellcheck=${false} maxlength=${LONGEST[name]} value=${values[name]} onInput=${(event) => set(name, event.target.value)} />`}
  <//>`;
}

function Role({ value, set, fault, fixed }) {
  return html`<${Field} id="person-role" label=${t("console.person_role")} error=${fault}>
    ${(tie) => html`<select ...${tie} disabled=${fixed} onChange=${(event) => set("role", event.target.value)}>
      <option value="">${t("act.choose")}</option>
      ${ROLES.map((role) => html`<option key=${role} value=${role} selected=${role === value}>${t(`console.role_${role}`)}</option>`)}
    </select>`}
  <//>`;
}

function Unit({ value, set, fault, reference }) {
  const all = reference.units.filter((unit) => unit.kind !== "eksternal");
  return html`<fieldset id="person-unit" class=${`field ${fault ? "has-error" : ""}`} tabindex="-1">
    <legend>${t("act.unit")}</legend>
    ${fault && html`<p class="wrong">${fault}</p>`}
    <${UnitPicker} find=${t("console.unit_find")} likely=${[]} all=${all} value=${value} onChange=${(code) => set("unit", code)} />
  </fieldset>`;
}

function Channels({ value, set, fault, reference }) {
  const toggle = (code) => set("channels", value.includes(code) ? value.filter((each) => each !== code) : [...value, code]);
  return html`<fieldset id="person-channels" class=${`field ${fault ? "has-error" : ""}`} tabindex="-1">
    <legend>${t("console.person_channels")}</legend>
    ${fault && html`<p class="wrong">${fault}</p>`}
    ${reference.channels.filter(({ desk }) => desk !== false).map(({ code, name }) => html`<label class="choice" key=${code}><input type="checkbox" checked=${value.includes(code)} onChange=${() => toggle(code)} /><span>${word(name)}</span></label>`)}
  </fieldset>`;
}

const Switch = ({ name, label, hint, values, set }) =>
  html`<label class="choice"><input type="checkbox" checked=${values[name]} onChange=${(event) => set(name, event.target.checked)} /><span>${label}${hint && html`<small>${hint}</small>`}</span></label>`;
