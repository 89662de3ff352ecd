// A list of cases to take away as CSV, page after page: the days of receipt are asked for.

import { sentence } from "../api.js";
import { now } from "../clock.js";
import { t } from "../texts.js";
import { Field, html, Icon, Notice, say, useState } from "../view.js";

export const EXPORTERS = ["coordinator", "opd_supervisor", "inspectorate"];
const USUAL = 30; // days before today
const BYTE_ORDER_MARK = "\ufeff"; // what was read as text has lost it, and a sheet needs it
const dayOf = (at) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Jakarta" }).format(at); // 2026-03-02

/** All pages: each names the next one. */
async function sheets(city, first) {
  const texts = [];
  let query = first;
  while (query) {
    const { body, link } = await city.sheet(query);
    texts.push(body);
    query = /^<\?([^>]*)>; rel="next"$/.exec(link ?? "")?.[1];
  }
  return texts;
}

function download(texts, name) {
  const address = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, ...texts], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function Export({ city }) {
  const [days, setDays] = useState({ from: dayOf(now() - USUAL * 86_400_000), to: dayOf(now()) });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const change = (name) => (event) => setDays({ ...days, [name]: event.target.value });
  const act = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      download(await sheets(city, new URLSearchParams(days)), `laporan-${days.from}-${days.to}.csv`);
      say(t("console.export_done"));
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  return html`<details class="card export"><summary>${t("console.export")}</summary><form onSubmit=${act}>
    <p class="hint">${t("console.export_hint")}</p>
    <div class="row">${["from", "to"].map((name) => html`<${Field} key=${name} id=${`export-${name}`} label=${t(`console.export_${name}`)}>${(ties) => html`<input type="date" required ...${ties} value=${days[name]} onInput=${change(name)} />`}</${Field}>`)}</div>
    ${problem && html`<${Notice} kind="bad" role="alert"><p>${problem.status === 422 ? t("console.export_days") : sentence(problem)}</p></${Notice}>`}
    <button class="button" aria-disabled=${busy ? "true" : "false"}><${Icon} name="list" />${t(busy ? "console.export_busy" : "console.export_start")}</button></form></details>`;
}
