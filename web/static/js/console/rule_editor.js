// All rules as somebody wants them: changed one by one, put in order, rehearsed, and proposed with a reason. What is
// written is kept on the device until it is proposed.

import { sentence } from "../api.js";
import { t } from "../texts.js";
import { ErrorSummary, Field, Icon, Notice, focusOn, html, say, useEffect, useRef, useState } from "../view.js";
import { NEW_RULE, RuleForm } from "./rule_form.js";
import { compared, moved } from "./rule_list.js";
import { Rehearsal } from "./rule_rehearsal.js";
import { RuleList } from "./rule_text.js";

const PARTS = ["rule", "categories", "areas", "channels", "answers", "weekdays", "hours", "receiver", "owners"];
const MOST = 50; // rules, as the API takes them
const LONGEST = 4000; // characters of a reason

/** `draft` is of useDraft: {rules, reason, base}. `onProposed(state)` gets the rules as the city has them then. */
export function RuleEditor({ draft, restored, current, names, context, onProposed, onCancel, onReload }) {
  const { rules, reason, base } = draft.values;
  const [open, setOpen] = useState(null); // the place of the rule whose form is open
  const [errors, setErrors] = useState([]);
  const [refusal, setRefusal] = useState(null);
  const [busy, setBusy] = useState(false);
  const title = useRef(null);
  useEffect(() => void title.current.focus(), []);
  const change = (part) => (setErrors([]), draft.change((old) => ({ ...old, ...part })));
  const put = (rule) => {
    change({ rules: open < rules.length ? rules.map((each, place) => (place === open ? rule : each)) : [...rules, rule] });
    setOpen(null);
    say(t("rules.kept", { name: rule.rule }));
    const place = open;
    requestAnimationFrame(() => focusOn(`rule-${place}`));
  };
  const order = (place, by) => {
    change({ rules: moved({ rules, place, by }) });
    say(t("rules.moved_to", { name: rules[place].rule, n: place + by + 1 }));
  };
  const drop = (place) => (change({ rules: rules.filter((_, each) => each !== place) }), say(t("rules.dropped", { name: rules[place].rule })), title.current.focus());
  const fail = (problem) => {
    if (!problem.errors?.length) return setRefusal(problem);
    setErrors(problem.errors.map((fault) => faultOf(fault, rules)));
    requestAnimationFrame(() => focusOn("errors"));
  };
  const propose = async () => {
    if (busy) return;
    if (!reason.trim()) return fail({ errors: [{ field: "reason" }] });
    setBusy(true);
    setRefusal(null);
    await context.city.proposeRules({ rules, reason: reason.trim(), base }).then(onProposed, fail);
    setBusy(false);
  };
  const { marks, gone } = compared({ before: current.rules, after: rules });
  const wrong = (place) => errors.filter(({ id }) => id === `rule-${place}`);
  const below = (place) => html`${wrong(place).map(({ message }) => html`<p key=${message} class="wrong">${message}</p>`)}
    <div class="row">
      <button type="button" class="button slim" onClick=${() => setOpen(place)}>${t("rules.change")}<span class="unseen"> ${rules[place].rule}</span></button>
      <button type="button" class="button slim" aria-disabled=${place === 0} onClick=${() => place > 0 && order(place, -1)}>${t("rules.up")}<span class="unseen"> ${rules[place].rule}</span></button>
      <button type="button" class="button slim" aria-disabled=${place === rules.length - 1} onClick=${() => place < rules.length - 1 && order(place, 1)}>${t("rules.down")}<span class="unseen"> ${rules[place].rule}</span></button>
      <button type="button" class="button slim" onClick=${() => drop(place)}>${t("rules.drop")}<span class="unseen"> ${rules[place].rule}</span></button>
    </div>`;
  return html`<section class="rule-editor">
    <h2 ref=${title} tabindex="-1">${t("rules.yours")}</h2>
    <p>${t("rules.order_hint")}</p>
    ${restored && html`<${Notice}><p>${t("rules.restored")}</p><//>`}
    ${base !== current.version && html`<${Notice} kind="warn"><p>${t("rules.stale")}</p><button type="button" class="button" onClick=${() => change({ base: current.version })}>${t("rules.stale_go_on")}</button><//>`}
    ${open === null && html`<${ErrorSummary} errors=${errors} />`}
    <${RuleList} rules=${rules} names=${names} context=${context} marks=${marks}>${below}<//>
    ${gone.length > 0 && html`<p>${t("rules.gone", { names: gone.join(", ") })}</p>`}
    ${rules.length < MOST && html`<p><button type="button" class="button" onClick=${() => setOpen(rules.length)}><${Icon} name="plus" />${t("rules.add")}</button></p>`}
    <${Rehearsal} rules=${rules} city=${context.city} onFaults=${fail} />
    <${Field} id="rules-reason" label=${t("rules.reason")} hint=${t("rules.reason_hint")} error=${errors.find(({ id }) => id === "rules-reason")?.message}>
      ${(tie) => html`<textarea ...${tie} rows="2" maxlength=${LONGEST} value=${reason} onInput=${(event) => change({ reason: event.target.value })}></textarea>`}
    <//>
    ${refusal && html`<${Notice} kind="bad" role="alert"><p>${refusal.status === 409 ? t("rules.conflict") : `${t("act.not_sent")} ${sentence(refusal)}`}</p>${refusal.status === 409 && html`<button type="button" class="button" onClick=${() => (setRefusal(null), onReload())}>${t("act.reload")}</button>`}<//>`}
    <div class="row">
      <button type="button" class="button main" aria-disabled=${busy} onClick=${propose}>${t(busy ? "act.sending" : "rules.propose")}</button>
      <button type="button" class="button" onClick=${onCancel}>${t("rules.discard")}</button>
    </div>
    ${open !== null && html`<${RuleForm} key=${open} about=${`rule ${rules[open]?.rule ?? ""}`} rule=${rules[open] ?? NEW_RULE} taken=${rules.filter((_, place) => place !== open).map(({ rule }) => rule)} names=${names} context=${context} onDone=${put} onClose=${() => setOpen(null)} />`}
  </section>`;
}

/** A fault of the API, with the rule that it is in: `rules.2.then.receiver`. */
function faultOf({ field }, rules) {
  const [list, place, ...path] = field.split(".");
  if (list !== "rules") return { id: `rules-${list}`, message: t(list === "reason" ? "rules.fault_reason" : "act.fault_value") };
  const part = path.find((name) => PARTS.includes(name));
  const name = rules[place]?.rule ?? "";
  return { id: `rule-${place}`, message: t("rules.fault", { name, part: t(part ? `rules.part_${part}` : "rules.part_rule") }) };
}
