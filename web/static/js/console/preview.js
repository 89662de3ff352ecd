// "What the citizen reads": the words of the message and of the tracking page, before anything is sent.

import { PersonalHint } from "../personal_hint.js";
import { Said } from "../said.js";
import { has, t } from "../texts.js";
import { html } from "../view.js";
import { day } from "../when.js";
import { leadsTo } from "./leads_to.js";

export function Preview({ action, row, view, values, context }) {
  return html`<section class="preview" aria-label=${t("act.preview")}>
    <h3>${t("act.preview")}</h3>
    ${values.internal ? html`<p>${t("act.preview_internal")}</p>` : html`<${Words} action=${action} row=${row} view=${view} values=${values} units=${unitsIn(row, view, values, context)} />`}
  </section>`;
}

/** Who acts, and who holds the case then, as the message names them. */
const unitsIn = (row, view, values, { me, unitName }) => ({ by: me.unit?.name ?? view.unit.name, unit: values.unit ? unitName(values.unit) : heldBy(row, view) });

/** Where no unit was chosen (yet): a return goes where the case came from, another kind of problem to whose it is. */
function heldBy({ fields, required }, view) {
  if (fields.includes("category")) return t("act.preview_competent");
  if (!fields.includes("unit") || fields.includes("officer")) return view.unit.name;
  return required.includes("unit") ? "…" : t("act.preview_origin");
}

function Words({ action, row, view, values, units }) {
  const text = values.text.trim();
  const said = row.fields.includes("text") && text;
  return html`<${Message} action=${action} row=${row} view=${view} values=${values} units=${units} />
    ${said && html`<p class="said"><${Said} text=${text} /></p>`}
    ${said && view.visibility === "public" && html`<p class="small muted">${t("act.preview_public")}</p><${PersonalHint} text=${text} note=${t("personal.officer")} />`}`;
}

/** A change of status is told by a message; so is a comment, and an action that has a letter of its own; anything else
 *  only stands in the history. */
function Message({ action, row, view, values, units }) {
  const to = leadsTo({ to: row.to, status: view.status });
  const own = `told.by_${action}`; // where the action says more than its status
  if (to) {
    return html`<p><strong>${t(`status.${to}`)}</strong>${isSaidTwice(to) ? "" : ` · ${t(`public.${to}`)}`}</p>
      <p>${t(has(own) ? own : `told.${to}`, units)} ${outcomeOf(row, values)}</p>`;
  }
  if (to === null) return html`${has(own) && html`<p>${t(own, units)}</p>`}<p>${t("act.preview_before")}</p>`;
  const letter = [own, row.fields.includes("internal") ? "told.reply" : `told.${action}`].find(has);
  return html`<p>${letter ? t(letter, units) : t("act.preview_silent")}</p>`;
}

/** Where the official word and everybody's are the same. */
const isSaidTwice = (status) => t(`status.${status}`).toLowerCase() === t(`public.${status}`).toLowerCase();

function outcomeOf(row, values) {
  if (!row.outcomes.length) return "";
  return t(`told.outcome_${values.outcome}`, { until: values.until ? day(values.until) : "…" });
}
