// What other rules would have done with last month's reports: counts, no report.

import { sentence } from "../api.js";
import { lang, t } from "../texts.js";
import { Notice, html, useEffect, useRef, useState } from "../view.js";
import { day } from "../when.js";

const count = (n) => n.toLocaleString(lang);

/** A button, and below it the answer for `rules` as they were when it was pressed. `onFaults` gets what is wrong. */
export function Rehearsal({ rules, city, onFaults = () => {} }) {
  const [state, setState] = useState({});
  const head = useRef(null);
  const run = async () => {
    if (state.busy) return;
    setState({ busy: true });
    await city.rehearse(rules).then((found) => setState({ found }), (problem) => (setState({ problem }), problem.errors?.length && onFaults(problem)));
  };
  useEffect(() => void (state.found && head.current?.focus()), [state.found]);
  return html`<div class="rehearsal" aria-busy=${Boolean(state.busy)}>
    <p><button type="button" class="button" aria-disabled=${state.busy} onClick=${run}>${t(state.busy ? "rules.rehearsing" : "rules.rehearse")}</button> <span class="small muted">${t("rules.rehearse_hint")}</span></p>
    ${state.problem && !state.problem.errors?.length && html`<${Notice} kind="warn" role="alert"><p>${sentence(state.problem)}</p><//>`}
    ${state.found && html`<${Found} found=${state.found} head=${head} />`}
  </div>`;
}

function Found({ found, head }) {
  const named = (code) => (code === "default" ? t("rules.by_category") : code);
  const units = found.units.filter((row) => row.received !== row.would_receive);
  return html`<section class="card">
    <h3 ref=${head} tabindex="-1">${t("rules.rehearsed", { n: count(found.looked_at), moved: count(found.moved) })}</h3>
    <p class="small muted">${t("rules.rehearsed_since", { day: day(`${found.since}T12:00:00+07:00`) })}</p>
    ${!found.complete && html`<${Notice} kind="warn"><p>${t("rules.rehearsed_part")}</p><//>`}
    ${found.moves.length > 0 && html`<${Table} caption=${t("rules.moves")} heads=${["from", "to", "rule", "cases"]} rows=${found.moves.map((move) => [move.from.name, move.to.name, named(move.rule), count(move.cases)])} />`}
    ${units.length > 0 && html`<${Table} caption=${t("rules.units")} heads=${["unit", "received", "would"]} numbers=${2} rows=${units.map((row) => [row.unit.name, count(row.received), count(row.would_receive)])} />`}
    <${Table} caption=${t("rules.by_rule")} heads=${["rule", "cases"]} rows=${found.rules.map((row) => [html`${named(row.rule)} ${row.error && html`<span class="wrong">${t("rules.would_fail")} <code>${row.error}</code></span>`}`, count(row.cases)])} />
  </section>`;
}

/** The last columns, so many of them, are numbers. */
function Table({ caption, heads, rows, numbers = 1 }) {
  const look = (place) => (place >= heads.length - numbers ? "number" : undefined);
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${caption}><table>
    <caption>${caption}</caption>
    <thead><tr>${heads.map((head, place) => html`<th key=${head} scope="col" class=${look(place)}>${t(`rules.head_${head}`)}</th>`)}</tr></thead>
    <tbody>${rows.map((row, at) => html`<tr key=${at}>${row.map((cell, place) => html`<td key=${place} class=${look(place)}>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
