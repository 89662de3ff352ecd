// A routing rule in words: when it fits, and what it says then.

import { t, word } from "../texts.js";
import { html } from "../view.js";
import { dayName } from "./rule_names.js";

/** `rules` in their order; `off` {rule: error} are switched off; `marks` what became of each in a proposal; `children` is
 *  a function of the rule's place for what stands below it. */
export function RuleList({ rules, names, context, off = {}, marks = [], children }) {
  if (!rules.length) return html`<p class="card">${t("rules.none")}</p>`;
  return html`<ol class="plain rows rules-list">${rules.map((rule, place) => html`<li key=${rule.rule} id=${children ? `rule-${place}` : undefined} tabindex=${children ? "-1" : undefined} class="card rule">
    <h3>${place + 1}. ${rule.rule} ${marks[place] && html`<span class="flag">${t(`rules.mark_${marks[place]}`)}</span>`}${off[rule.rule] && html` <span class="flag off">${t("rules.off")}</span>`}</h3>
    ${rule.note && html`<p class="muted">${rule.note}</p>`}
    <dl class="answers terms">${termsOf(rule, names, context).map(([term, text]) => html`<div key=${term}><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
    ${off[rule.rule] && html`<p class="small">${t("rules.off_because")} <code>${off[rule.rule]}</code></p>`}
    ${children?.(place)}
  </li>`)}</ol>`;
}

function termsOf({ when = {}, then }, names, context) {
  const listed = (kind, codes) => codes.map((code) => names.nameOf(kind, code)).join(", ");
  const conditions = [
    [t("rules.categories"), when.categories && listed("categories", when.categories)],
    [t("rules.answers"), when.answers && Object.entries(when.answers).map(([code, values]) => answerText(code, values, when, context)).join("; ")],
    [t("rules.areas"), when.areas && listed("areas", when.areas)],
    [t("rules.channels"), when.channels && listed("channels", when.channels)],
    [t("rules.weekdays"), when.weekdays && when.weekdays.map(dayName).join(", ")],
    [t("rules.hours"), when.hours && t("rules.hours_text", when.hours)],
  ].filter(([, text]) => text);
  const found = conditions.length ? conditions : [[t("rules.when"), t("rules.always")]];
  const owners = then.owners?.length ? [[t("rules.owners"), listed("owners", then.owners)]] : [];
  return [...found, [t("rules.receiver"), names.nameOf("units", then.receiver)], ...owners];
}

/** The question and the chosen values in the words of a category that asks it. */
function answerText(code, values, when, context) {
  const asking = (when.categories ?? []).map(context.category).find((category) => category?.questions.some((question) => question.code === code));
  const question = asking?.questions.find((each) => each.code === code);
  const said = values.map((key) => word(question?.values.find((value) => value.key === key)?.name) || key);
  return `${word(question?.text) || code}: ${said.join(", ")}`;
}
