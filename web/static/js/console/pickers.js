// Choosing a unit or an officer: the likely ones are there to tap, all others are found by a few letters.

import { t } from "../texts.js";
import { html, useEffect, useState } from "../view.js";

const MATCHES = 8;

/** `likely` stand there; `all` are those that may be found, the likely ones included; `find` names the search. */
export function UnitPicker({ likely, all, value, onChange, find = t("act.unit_other") }) {
  const [typed, setTyped] = useState("");
  const found = typed.trim().length < 2 ? [] : all.filter((unit) => matches(unit, typed)).slice(0, MATCHES);
  const chosen = all.find((unit) => unit.code === value);
  const shown = [...likely, ...(chosen && ![...likely, ...found].includes(chosen) ? [chosen] : [])];
  const others = all.length > likely.length;
  return html`${shown.map((unit) => html`<${Choice} key=${unit.code} name="unit" row=${unit} value=${value} onChange=${onChange} />`)}
    ${others && html`<label class="hint" for="unit-search">${find}</label>
      <input id="unit-search" type="search" autocomplete="off" value=${typed} onInput=${(event) => setTyped(event.target.value)} />`}
    ${found.filter((unit) => !shown.includes(unit)).map((unit) => html`<${Choice} key=${unit.code} name="unit" row=${unit} value=${value} onChange=${onChange} />`)}
    ${typed.trim().length >= 2 && !found.length && html`<p class="muted">${t("act.unit_none")}</p>`}`;
}

const matches = (unit, typed) => typed.toLowerCase().split(/\s+/).every((part) => `${unit.name} ${unit.code}`.toLowerCase().includes(part));

/** The officers of the holder's OPD; once a unit is chosen, only its own. */
export function OfficerPicker({ city, holder, unit, names, value, onChange }) {
  const [officers, setOfficers] = useState(null);
  const [failed, setFailed] = useState(false);
  const load = () => city.officers(holder).then(({ items }) => (setOfficers(items), setFailed(false)), () => setFailed(true));
  useEffect(() => void load(), [holder]);
  if (failed) return html`<p class="wrong">${t("act.officers_failed")} <button type="button" class="link" onClick=${load}>${t("common.retry")}</button></p>`;
  if (!officers) return html`<p class="loading">${t("common.loading")}</p>`;
  const shown = officers.filter((officer) => !unit || officer.unit === unit);
  if (!shown.length) return html`<p class="muted">${t("act.officers_none")}</p>`;
  return shown.map((officer) => html`<${Choice} key=${officer.user} name="officer" row=${described(officer, names)} value=${value} onChange=${onChange} />`);
}

const described = ({ user, name, unit, on_duty }, names) => ({ code: user, name, note: on_duty ? names(unit) : `${names(unit)} · ${t("act.off_duty")}` });

/** Tapping what is chosen takes it back: most choices are optional. */
function Choice({ name, row, value, onChange }) {
  const chosen = row.code === value;
  return html`<label class="choice">
    <input type="radio" name=${name} value=${row.code} checked=${chosen} onClick=${() => chosen && onChange("")} onChange=${() => onChange(row.code)} />
    <span>${row.name}${row.note && html`<small>${row.note}</small>`}</span>
  </label>`;
}
