// Who hears a unit's alerts: an administrator chooses the unit, adds addresses and takes them away.

import { sentence } from "../api.js";
import { t } from "../texts.js";
import { Field, Notice, focusOn, html, say, useEffect, useRef, useState } from "../view.js";
import { AdminHead } from "./admin_tabs.js";
import { useDraft } from "./drafts.js";
import { UnitPicker } from "./pickers.js";

const LONGEST = 500; // characters of an address

export function UnitsPage({ context }) {
  const title = useRef(null);
  const [unit, setUnit] = useState("");
  const all = context.reference.units.filter(({ kind }) => kind !== "eksternal");
  useEffect(() => void title.current?.focus(), []);
  return html`<section class="units">
    <${AdminHead} room="units" title=${title} />
    <p>${t("console.units_about")}</p>
    <fieldset class="field"><legend>${t("act.unit")}</legend><${UnitPicker} find=${t("console.unit_find")} likely=${[]} all=${all} value=${unit} onChange=${setUnit} /></fieldset>
    ${unit && html`<${Listeners} key=${unit} unit=${unit} context=${context} />`}
  </section>`;
}

function Listeners({ unit, context: { city, unitName } }) {
  const [items, setItems] = useState(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const load = () => city.subscribers(unit).then((found) => (setItems(found), setProblem(null)), setProblem);
  useEffect(() => void load(), []);
  const put = async (addresses, words) => {
    setBusy(true);
    setProblem(null);
    const fault = await city.putSubscribers(unit, addresses).then((found) => (setItems(found), say(words)), (problem) => problem);
    setBusy(false);
    return fault;
  };
  const addresses = (items ?? []).map(({ address }) => address);
  const drop = (address) => put(addresses.filter((each) => each !== address), t("console.listener_dropped", { address })).then((fault) => fault && setProblem(fault));
  return html`<section class="card" aria-busy=${busy}>
    <h2>${t("console.listeners", { unit: unitName(unit) })}</h2>
    ${problem && html`<${Notice} kind="warn" role="alert"><p>${sentence(problem)}</p>${!items && html`<button class="button" onClick=${load}>${t("common.retry")}</button>`}<//>`}
    ${!items && !problem && html`<p class="loading">${t("common.loading")}</p>`}
    ${items && html`<ul class="plain rows">${items.map(({ address, protocol, confirmed }) => html`<li key=${address} class="listener">
      <span><bdi>${address}</bdi> <span class="small muted">${t(`console.listener_${protocol}`)}${!confirmed && ` · ${t("console.listener_waits")}`}</span></span>
      ${confirmed && html`<button type="button" class="button slim" aria-disabled=${busy} onClick=${() => busy || drop(address)}>${t("console.listener_drop")}<span class="unseen"> ${address}</span></button>`}
    </li>`)}</ul>
    ${items.length === 0 && html`<p>${t("console.listener_none")}</p>`}
    <${Add} unit=${unit} onAdd=${(address) => put([...addresses, address], t("console.listener_added", { address }))} onProblem=${setProblem} busy=${busy} />`}
  </section>`;
}

/** `onAdd(address)` answers the problem, if there is one: what was refused stays, to be mended. */
function Add({ unit, onAdd, onProblem, busy }) {
  const { values, change, clear } = useDraft(`listener ${unit}`, { address: "" });
  const [fault, setFault] = useState("");
  const write = (address) => (setFault(""), change(() => ({ address })));
  const add = async (event) => {
    event.preventDefault();
    if (busy) return;
    const address = values.address.trim();
    const problem = address ? await onAdd(address) : { status: 422 };
    if (!problem) return clear();
    if (problem.status !== 422) return onProblem(problem);
    setFault(t("console.listener_fault"));
    requestAnimationFrame(() => focusOn("listener"));
  };
  return html`<form onSubmit=${add} novalidate>
    <${Field} id="listener" label=${t("console.listener_add")} hint=${t("console.listener_hint")} error=${fault}>
      ${(tie) => html`<div class="row"><input ...${tie} type="text" autocomplete="off" autocapitalize="none" spellcheck=${false} maxlength=${LONGEST} value=${values.address} onInput=${(event) => write(event.target.value)} />
      <button class="button main" aria-disabled=${busy}>${t("console.add")}</button></div>`}
    <//>
  </form>`;
}
