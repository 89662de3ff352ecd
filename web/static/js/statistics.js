// The city's figures with their meaning: what came in and was solved, both clocks against their targets, a line over
// time, tables. Every picture is also a table.

import { request, sentence } from "./api.js";
import { Bars, Lines } from "./statistics/charts.js";
import { number, percent } from "./statistics/numbers.js";
import { Tables } from "./statistics/tables.js";
import { pageOf, t } from "./texts.js";
import { full, span } from "./when.js";
import { html, mount, Notice, useEffect, useState } from "./view.js";

const FIRST = ["received", "done"];
const OTHERS = ["open", "late", "confirmed", "reopened", "rejected"];
const MEASURES = ["median", "p90", "mean"];

function Statistics() {
  const [figures, setFigures] = useState(null);
  const [problem, setProblem] = useState(null);
  const load = () => request("/statistics").then(({ body }) => (setFigures(body), setProblem(null)), setProblem);
  useEffect(() => void load(), []);
  return html`<h1>${t("statistics.heading")}</h1><p>${t("statistics.intro")}</p>
    ${problem && html`<${Notice} kind="bad" role="alert"><p>${sentence(problem)}</p><button class="button" onClick=${load}>${t("common.retry")}</button></${Notice}>`}
    ${!figures && !problem && html`<p class="loading">${t("common.loading")}</p>`}
    ${figures && html`<${Figures} figures=${figures} />`}`;
}

/** What nothing can be counted of yet is left out. */
const shown = (figures) => [...OTHERS, ...(figures.returned ? ["returned"] : [])];

function Figures({ figures }) {
  const { oldest_open: oldest } = figures;
  return html`<${Counts} figures=${figures} codes=${FIRST} kind="first" /><${Counts} figures=${figures} codes=${shown(figures)} />
    ${oldest && html`<p class="card">${t("statistics.oldest", { span: span(oldest.age_seconds) })} ${oldest.number && html`<a class="whole" href=${pageOf(oldest.number)}>${oldest.number}</a>`}</p>`}
    <div class="charts">${Object.entries(figures.clocks).map(([kind, measured]) => html`<${Clock} key=${kind} kind=${kind} measured=${measured} />`)}</div>
    <${OverTime} weeks=${figures.weeks} />
    <${Tables} />
    <section class="card"><h2>${t("statistics.method")}</h2><p>${t("statistics.method_text")}</p></section>
    <p class="muted small updated">${t("statistics.updated", { time: full(figures.counted_at) })}</p>
    <p class="small"><a href="/api/statistics">JSON</a></p>`;
}

const Counts = ({ figures, codes, kind = "" }) => html`<ul class=${`figures ${kind}`}>${codes.map((code) => html`<li class="card" key=${code}><strong>${number(figures[code])}</strong><h2>${t(`statistics.${code}`)}</h2><p class="muted">${t(`statistics.about_${code}`)}</p></li>`)}</ul>`;

/** A median that is not there was not reached: fewer than half are answered. */
function Clock({ kind, measured }) {
  const { target, within_target: within, counted, waiting, left } = measured;
  const missing = t(counted ? "statistics.not_reached" : "statistics.nothing");
  const rows = MEASURES.map((measure) => ({ name: t(`statistics.${measure}`), value: measured[measure] ?? 0, text: measured[measure] === null ? missing : span(measured[measure]) }));
  const sample = { n: number(counted + waiting + left), answered: number(counted), waiting: number(waiting), left: number(left) };
  return html`<section class="card chart"><h2 id=${`${kind}-title`}>${t(`statistics.clock_${kind}`)}</h2>
    <p class="within">${within === null ? t(`statistics.too_early_${kind}`) : t(`statistics.within_${kind}`, { share: percent(within) })}</p>
    <p class="muted">${t(`statistics.about_clock_${kind}`)} ${t(`statistics.sample_${kind}`, sample)}</p>
    <${Bars} rows=${rows} target=${target} label=${`${kind}-title`} /></section>`;
}

function OverTime({ weeks }) {
  const from = weeks.map((week) => week.from);
  const counts = ["received", "done"].map((code) => ({ name: t(`statistics.${code}`), values: weeks.map((week) => week[code]) }));
  const shares = ["coordination", "resolution"].map((kind) => ({ name: t(`statistics.line_${kind}`), values: weeks.map((week) => week.within_target[kind]) }));
  const most = Math.max(1, ...counts.flatMap(({ values }) => values));
  return html`<div class="charts"><${Lines} id="weeks" title=${t("statistics.over_time")} about=${t("statistics.about_over_time")} from=${from} series=${counts} top=${most} text=${number} />
    <${Lines} id="shares" title=${t("statistics.in_time_over_time")} about=${t("statistics.about_in_time_over_time")} from=${from} series=${shares} top=${1} text=${percent} /></div>`;
}

mount(Statistics);
