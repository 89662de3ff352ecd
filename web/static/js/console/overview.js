// A coordinator's overview: which units have late cases now, and which answer late, hand on and reject most; and flood
// mode. Read from the list of late cases and from the table of units that everybody may read.

import { request, sentence } from "../api.js";
import { t } from "../texts.js";
import { Notice, html, useEffect, useRef, useState } from "../view.js";
import { day } from "../when.js";
import { FloodMode } from "./flood_mode.js";

const READ = 100; // late cases: one page
const SHOWN = 10; // units of each table
const MEASURES = ["answered_late", "solved_late", "hops", "rejected", "reopened"];

export function OverviewPage({ context }) {
  const title = useRef(null);
  const [late, setLate] = useState(null);
  const [table, setTable] = useState(null);
  const [problem, setProblem] = useState(null);
  const load = () => {
    setProblem(null);
    const asked = [context.city.queue("overdue", { limit: READ }).then(setLate), request("/statistics?by=unit").then(({ body }) => setTable(body))];
    void Promise.all(asked).catch(setProblem);
  };
  useEffect(() => (load(), void title.current?.focus()), []);
  return html`<section class="overview">
    <div class="inbox-head"><h1 ref=${title} tabindex="-1">${t("console.overview")}</h1></div>
    ${problem && html`<${Notice} kind="warn" role="alert"><p>${sentence(problem)}</p><button class="button" onClick=${load}>${t("common.retry")}</button><//>`}
    ${!(late && table) && !problem && html`<p class="loading">${t("common.loading")}</p>`}
    ${late && html`<${Late} page=${late} />`}
    ${table && MEASURES.map((measure) => html`<${Most} key=${measure} measure=${measure} table=${table} />`)}
    <${FloodMode} context=${context} />
  </section>`;
}

/** The first page of the late cases, by unit, and how many of them have a word of the reporter that nobody answered. */
function Late({ page: { items, next_cursor: more } }) {
  const units = new Map();
  for (const { unit } of items) units.set(unit.name, (units.get(unit.name) ?? 0) + 1);
  const unread = items.filter(({ flags }) => flags.includes("answered")).length;
  const rows = [...units].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  return html`<section class="card"><h2>${t("console.overview_late")}</h2>
    ${!items.length && html`<p>${t("console.overview_none")}</p>`}
    ${items.length > 0 && html`<p>${t(more ? "console.overview_late_first" : "console.overview_late_all", { n: items.length })} <a href="#overdue">${t("console.overview_open")}</a></p>`}
    ${unread > 0 && html`<p>${t("console.overview_answered", { n: unread })}</p>`}
    <${Counts} rows=${rows} />
  </section>`;
}

/** The units with the most of one kind, of the last months. */
function Most({ measure, table: { items, period } }) {
  const most = items.filter((row) => row[measure] > 0).sort((a, b) => b[measure] - a[measure]);
  return html`<section class="card"><h2>${t(`console.overview_${measure}`)}</h2>
    <p class="muted small">${period && t("console.overview_since", { from: day(period.from) })}</p>
    ${!most.length && html`<p>${t("console.overview_none")}</p>`}
    <${Counts} rows=${most.slice(0, SHOWN).map((row) => [row.name, row[measure], t("console.overview_of", { n: row.received })])} />
  </section>`;
}

const Counts = ({ rows }) => html`<ul class="plain rows">${rows.map(([name, count, of]) => html`<li key=${name}><strong>${count}</strong> ${name} ${of && html`<span class="muted small">${of}</span>`}</li>`)}</ul>`;
