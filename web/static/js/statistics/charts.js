// Drawings that reflow with the page, each with the same as a table. `Bars({rows: [{name, value, text}], target, label})`:
// durations against a target line; `Lines({id, title, about, from, series: [{name, values}], top, text})`: a point per
// week; a null breaks the line.

import { t } from "../texts.js";
import { day, span } from "../when.js";
import { html } from "../view.js";

const HIGH = 40; // of a drawing that is 100 wide

export function Bars({ rows, target, label }) {
  const most = 1.05 * Math.max(target, ...rows.map(({ value }) => value));
  const at = (100 * target) / most;
  return html`<div class="bars" aria-hidden="true">${rows.map(({ name, value, text }) => html`<div key=${name}><span>${name}</span><strong>${text}</strong>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="rail" width="100" height="10" /><rect class=${value > target ? "bar over" : "bar"} width=${value && Math.max(0.5, (100 * value) / most)} height="10" /><line class="target" x1=${at} x2=${at} y1="0" y2="10" /></svg></div>`)}
      <p class="small target-key">${t("statistics.target", { span: span(target) })}</p></div>
    <details><summary>${t("statistics.table")}</summary><table aria-labelledby=${label}><thead><tr><th scope="col">${t("statistics.what")}</th><th scope="col" class="number">${t("statistics.time")}</th></tr></thead>
      <tbody>${rows.map(({ name, text }) => html`<tr key=${name}><th scope="row">${name}</th><td class="number">${text}</td></tr>`)}<tr><th scope="row">${t("statistics.target_row")}</th><td class="number">${span(target)}</td></tr></tbody></table></details>`;
}

/** Runs of values that are there, as points of a polyline; one alone is a short dash. */
function runs(values, top) {
  const step = 100 / Math.max(1, values.length - 1);
  const found = [];
  values.forEach((value, index) => {
    if (value === null) return;
    const point = [index * step, HIGH - (HIGH * value) / top];
    if (index && values[index - 1] !== null) found.at(-1).push(point);
    else found.push([point]);
  });
  return found.map((points) => (points.length > 1 ? points : [[points[0][0] - 1, points[0][1]], [points[0][0] + 1, points[0][1]]]));
}

export function Lines({ id, title, about, from, series, top, text }) {
  const kinds = ["one", "two"];
  return html`<section class="card chart"><h2 id=${`${id}-title`}>${title}</h2><p class="muted">${about}</p>
    <div class="lines" aria-hidden="true"><ul class="keys-of">${series.map(({ name }, index) => html`<li key=${name}><svg viewBox="0 0 20 6"><line class=${kinds[index]} x1="0" x2="20" y1="3" y2="3" /></svg>${name}</li>`)}</ul>
      <div class="small muted">${text(top)}</div>
      <svg class="plot" viewBox=${`0 -1 100 ${HIGH + 2}`} preserveAspectRatio="none"><line class="ground" x1="0" x2="100" y1=${HIGH} y2=${HIGH} /><line class="ground" x1="0" x2="100" y1="0" y2="0" />
        ${series.map(({ values }, index) => runs(values, top).map((points, part) => html`<polyline key=${`${index} ${part}`} class=${kinds[index]} points=${points.map((point) => point.join(",")).join(" ")} />`))}</svg>
      <div class="small muted ends"><span>${day(from[0])}</span><span>${day(from.at(-1))}</span></div></div>
    <details><summary>${t("statistics.table")}</summary><table aria-labelledby=${`${id}-title`}><thead><tr><th scope="col">${t("statistics.week")}</th>${series.map(({ name }) => html`<th scope="col" class="number" key=${name}>${name}</th>`)}</tr></thead>
      <tbody>${from.map((week, index) => html`<tr key=${week}><th scope="row">${day(week)}</th>${series.map(({ name, values }) => html`<td class="number" key=${name}>${values[index] === null ? "–" : text(values[index])}</td>`)}</tr>`)}</tbody></table></details></section>`;
}
