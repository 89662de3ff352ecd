// "What the citizen reads": the words of the message and of the tracking page, before anything is sent.

import { PersonalHint } from "../personal_hint.js";
import { Said } from "../said.js";
import { t } from "../texts.js";
import { html } from "../view.js";
import { day } from "../when.js";

export function Preview({ row, view, values }) {
  return html`<section class="preview" aria-label=${t("act.preview")}>
    <h3>${t("act.preview")}</h3>
    ${values.internal ? html`<p>${t("act.preview_internal")}</p>` : html`<${Words} row=${row} view=${view} values=${values} />`}
  </section>`;
}

function Words({ row, view, values }) {
  const text = values.text.trim();
  const said = row.fields.includes("text") && text;
  return html`<${Message} row=${row} view=${view} values=${values} />
    ${said && html`<p class="said"><${Said} text=${text} /></p>`}
    ${said && view.visibility === "public" && html`<p class="small muted">${t("act.preview_public")}</p><${PersonalHint} text=${text} note=${t("personal.officer")} />`}`;
}

/** A change of status is told by a message; a comment too; anything else only stands in the history. */
function Message({ row, view, values }) {
  if (row.to && row.to !== view.status) {
    return html`<p><strong>${t(`status.${row.to}`)}</strong> · ${t(`public.${row.to}`)}</p>
      <p>${t(`told.${row.to}`)} ${outcomeOf(row, values)}</p>`;
  }
  return html`<p>${row.fields.includes("internal") ? t("told.reply") : t("act.preview_silent")}</p>`;
}

function outcomeOf(row, values) {
  if (!row.outcomes.length) return "";
  return t(`told.outcome_${values.outcome}`, { until: values.until ? day(values.until) : "…" });
}
