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
    ${values.internal ? html`<p>${t("act.preview_internal")}</p>` : html`<${Words} action=${action} row=${row} view=${view} values=${values} units=${unitsIn(view, values, context)} />`}
  </section>`;
}

/** Who acts, and who holds the case then, as the message names them. */
const unitsIn = (view, values, { me, unitName }) => ({ by: me.unit?.name ?? view.unit.name, unit: values.unit ? unitName(values.unit) : view.unit.name });

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
  if (to) {
    return html`<p><strong>${t(`status.${to}`)}</strong> · ${t(`public.${to}`)}</p>
      <p>${t(`told.${to}`, units)} ${outcomeOf(row, values)}</p>`;
  }
  if (to === null) return html`<p>${t("act.preview_before")}</p>`;
  const letter = row.fields.includes("internal") ? "told.reply" : `told.${action}`;
  return html`<p>${has(letter) ? t(letter, units) : t("act.preview_silent")}</p>`;
}

function outcomeOf(row, values) {
  if (!row.outcomes.length) return "";
  return t(`told.outcome_${values.outcome}`, { until: values.until ? day(values.until) : "…" });
}
