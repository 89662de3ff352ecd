// The city's figures with their meaning; every picture is also a table.

import { request, sentence } from "./api.js";
import { now } from "./clock.js";
import { lang, pageOf, t } from "./texts.js";
import { full, span } from "./when.js";
import { html, mount, Notice, useEffect, useState } from "./view.js";

const COUNTS = ["received", "open", "done", "late", "reopened"];
const MEASURES = ["median", "mean", "p90"];
const number = new Intl.NumberFormat(lang === "en" ? "en-GB" : "id-ID");

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

function Figures({ figures }) {
  const counted = COUNTS.map((code) => ({ name: t(`statistics.${code}`), value: figures[code], text: number.format(figures[code]) }));
  return html`<ul class="figures">${COUNTS.map((code) => html`<li class="card" key=${code}><strong>${number.format(figures[code])}</strong><h2>${t(`statistics.${code}`)}</h2><p class="muted">${t(`statistics.about_${code}`)}</p></li>`)}</ul>
    ${figures.oldest_open && html`<p class="card">${t("statistics.oldest", { span: span(figures.oldest_open.age_seconds) })} ${figures.oldest_open.number && html`<a class="whole" href=${pageOf(figures.oldest_open.number)}>${figures.oldest_open.number}</a>`}</p>`}
    <${Chart} id="counts" title=${t("statistics.counts")} rows=${counted} unit=${t("statistics.reports")} />
    ${Object.entries(figures.clocks).map(([kind, measured]) => html`<${Durations} key=${kind} kind=${kind} measured=${measured} of=${figures.received} />`)}
    <section class="card"><h2>${t("statistics.method")}</h2><p>${t("statistics.method_text")}</p></section>
    <p class="muted small updated">${t("statistics.updated", { time: full(now()) })} · <a href="/api/statistics">JSON</a></p>`;
}

function Durations({ kind, measured, of }) {
  const rows = MEASURES.map((measure) => ({ name: t(`statistics.${measure}`), value: measured[measure] ?? 0, text: measured[measure] === null ? t("statistics.nothing") : span(measured[measure]) }));
  return html`<${Chart} id=${kind} title=${t(`statistics.clock_${kind}`)} about=${t(`statistics.about_clock_${kind}`, { n: number.format(measured.counted), of: number.format(of) })} rows=${rows} unit=${t("statistics.time")} />`;
}

/** Bars that reflow with the page: each is a drawing of its own, a hundred units wide. */
function Chart({ id, title, about, rows, unit }) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return html`<section class="card chart"><h2 id=${`${id}-title`}>${title}</h2>${about && html`<p>${about}</p>`}
    <div class="bars" aria-hidden="true">${rows.map(({ name, value, text }) => html`<div key=${name}><span>${name}</span><strong>${text}</strong>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="rail" width="100" height="10" /><rect class="bar" width=${value && Math.max(0.5, (100 * value) / most)} height="10" /></svg></div>`)}</div>
    <details><summary>${t("statistics.table")}</summary><table aria-labelledby=${`${id}-title`}><thead><tr><th scope="col">${t("statistics.what")}</th><th scope="col" class="number">${unit}</th></tr></thead>
      <tbody>${rows.map(({ name, text }) => html`<tr key=${name}><th scope="row">${name}</th><td class="number">${text}</td></tr>`)}</tbody></table></details></section>`;
}

mount(Statistics);
