// Choosing several things that have a code: each is found by a few letters, added, and taken away again.

import { t } from "../texts.js";
import { Icon, html, say, useRef, useState } from "../view.js";

const MATCHES = 8;

/** `all` and what is chosen as [{code, name, note?}] and [code]; `id` is the field's. */
export function CodePicker({ id, label, hint, all, value, onChange, error }) {
  const [typed, setTyped] = useState("");
  const search = useRef(null);
  const words = typed.trim().toLowerCase().split(/\s+/);
  const rest = all.filter(({ code }) => !value.includes(code));
  const found = typed.trim().length < 2 ? [] : rest.filter((row) => words.every((part) => `${row.name} ${row.note ?? ""} ${row.code}`.toLowerCase().includes(part))).slice(0, MATCHES);
  const nameOf = (code) => all.find((row) => row.code === code)?.name ?? code;
  const put = (codes, said) => (onChange(codes), setTyped(""), say(said), search.current.focus());
  const add = ({ code, name }) => put([...value, code], t("rules.added", { name }));
  const drop = (code) => put(value.filter((each) => each !== code), t("rules.dropped", { name: nameOf(code) }));
  const first = (event) => event.key === "Enter" && (event.preventDefault(), found.length === 1 && add(found[0]));
  return html`<fieldset id=${id} class=${error ? "field has-error" : "field"} tabindex="-1">
    <legend>${label}</legend>
    ${hint && html`<p class="hint">${hint}</p>`}
    ${error && html`<p class="wrong">${error}</p>`}
    ${value.length > 0 && html`<ul class="plain flags">${value.map((code) => html`<li key=${code}><button type="button" class="button slim" onClick=${() => drop(code)}>${nameOf(code)} <${Icon} name="cross" /><span class="unseen">${t("rules.drop")}</span></button></li>`)}</ul>`}
    <label class="hint" for=${`${id}-search`}>${t("rules.find", { what: label })}</label>
    <input ref=${search} id=${`${id}-search`} type="search" autocomplete="off" value=${typed} onInput=${(event) => setTyped(event.target.value)} onKeyDown=${first} />
    ${found.map((row) => html`<button type="button" key=${row.code} class="choice" onClick=${() => add(row)}><${Icon} name="plus" /><span>${row.name}${row.note && html`<small>${row.note}</small>`}</span></button>`)}
    ${typed.trim().length >= 2 && !found.length && html`<p class="muted" role="status">${t("rules.find_none")}</p>`}
  </fieldset>`;
}
