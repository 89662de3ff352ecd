// The figures by agency, kelurahan, kind of problem or channel: asked for when somebody chooses one, sorted by any column,
// the first twenty first.

import { request, sentence } from "../api.js";
import { lang, t } from "../texts.js";
import { day, span } from "../when.js";
import { Field, html, Notice, useEffect, useState } from "../view.js";
import { NONE, number, partOf, stars } from "./numbers.js";

const BY = ["unit", "area", "category", "channel"];
const FIRST = 20; // rows
const nameOf = (row) => (row.code === null ? t("statistics.no_place") : (lang === "en" && row.name_en) || row.name);
const counted = (name) => ({ shown: (row) => number(row[name]), by: (row) => row[name] });
const inTime = (yes, no) => ({ shown: (row) => partOf(row[yes], row[yes] + row[no]), by: (row) => (row[yes] + row[no] ? row[yes] / (row[yes] + row[no]) : -1) });
const time = (measure) => ({ shown: (row) => (row.clocks.resolution[measure] == null ? t(row.clocks.resolution.counted ? "statistics.not_reached" : "statistics.nothing") : span(row.clocks.resolution[measure])), by: (row) => row.clocks.resolution[measure] ?? Infinity });
const COLUMNS = {
  received: counted("received"),
  done: counted("done"),
  open: counted("open"),
  oldest: { shown: (row) => (row.oldest_open ? day(row.oldest_open) : NONE), by: (row) => (row.oldest_open ? -Date.parse(row.oldest_open) : -Infinity) },
  answered: inTime("answered_in_time", "answered_late"),
  solved: inTime("solved_in_time", "solved_late"),
  late: counted("solved_late"),
  median: time("median"),
  mean: time("mean"),
  rejected: counted("rejected"),
  reopened: counted("reopened"),
  returned: counted("returned"),
  hops: counted("hops"),
  rating: { shown: (row) => stars(row.rating), by: (row) => row.rating.mean ?? -1 },
};
const SHOWN = {
  unit: ["answered", "solved", "late", "received", "done", "open", "oldest", "median", "rejected", "reopened", "returned", "hops", "rating"],
  area: ["received", "done", "open", "oldest", "answered", "solved", "median", "reopened", "returned"],
  category: ["received", "done", "open", "oldest", "answered", "solved", "median", "reopened", "returned"],
  channel: ["received", "done", "open", "answered", "solved", "mean", "rejected", "reopened"],
};
const SOMETIMES = ["returned", "hops"]; // shown where there is one

export function Tables() {
  const [by, setBy] = useState(null);
  const [table, setTable] = useState(null);
  const [problem, setProblem] = useState(null);
  const load = (wanted) => request(`/statistics?by=${wanted}`).then(({ body }) => (setTable(body), setProblem(null)), setProblem);
  useEffect(() => void (by && load(by)), [by]);
  const isHere = table?.by === by;
  return html`<section class="card"><h2 id="tables">${t("statistics.tables")}</h2>
    <div class="row choices" role="group" aria-labelledby="tables">${BY.map((one) => html`<button type="button" class="button" key=${one} aria-pressed=${one === by ? "true" : "false"} onClick=${() => setBy(one)}>${t(`statistics.by_${one}`)}</button>`)}</div>
    <div aria-live="polite">${problem && html`<${Notice} kind="bad" role="alert"><p>${sentence(problem)}</p><button class="button" onClick=${() => load(by)}>${t("common.retry")}</button></${Notice}>`}
      ${by && !isHere && !problem && html`<p class="loading">${t("common.loading")}</p>`}</div>
    ${by && isHere && html`<${Table} key=${by} table=${table} />`}</section>`;
}

function Table({ table }) {
  const [sort, setSort] = useState(null);
  const [words, setWords] = useState("");
  const [all, setAll] = useState(false);
  const { by, items, period } = table;
  const columns = SHOWN[by].filter((name) => !SOMETIMES.includes(name) || items.some((row) => row[name]));
  const sorted = sort ? [...items].sort((a, b) => COLUMNS[sort].by(b) - COLUMNS[sort].by(a)) : items;
  const found = sorted.filter((row) => `${nameOf(row)} ${row.kecamatan ?? ""}`.toLowerCase().includes(words.trim().toLowerCase()));
  const rows = all || words ? found : found.slice(0, FIRST);
  const about = period ? t("statistics.about_tables", { from: day(period.from) }) : t("statistics.about_tables_all");
  if (!items.length) return html`<p>${t("statistics.empty_table")}</p>`;
  return html`<p class="muted">${about} ${t("statistics.sort_hint")}</p>
    ${items.length > FIRST && html`<${Field} id="table-words" label=${t("statistics.find")}>${(ties) => html`<input type="search" ...${ties} value=${words} onInput=${(event) => setWords(event.target.value)} />`}</${Field}>`}
    <div class="scroll" role="region" tabindex="0" aria-label=${t(`statistics.by_${by}`)}><table class="wide-table"><thead><tr><th scope="col">${t(`statistics.by_${by}`)}</th>
      ${columns.map((name) => html`<th scope="col" class="number" key=${name} aria-sort=${sort === name ? "descending" : "none"}><button type="button" class="link" onClick=${() => setSort(name)}>${t(`statistics.col_${name}`)}</button></th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.code}><th scope="row">${nameOf(row)}${row.kecamatan && html` <span class="muted small">${row.kecamatan}</span>`}</th>${columns.map((name) => html`<td class="number" key=${name}>${COLUMNS[name].shown(row)}</td>`)}</tr>`)}</tbody></table></div>
    ${!rows.length && html`<p>${t("statistics.none_found")}</p>`}
    ${rows.length < found.length && html`<p><button type="button" class="button" onClick=${() => setAll(true)}>${t("statistics.all_rows", { n: number(found.length) })}</button></p>`}`;
}
