// The routing rules: what is in force, what is proposed, what failed, and what was. One person proposes, another one
// decides; who may is asked of the city.

import { sentence } from "../api.js";
import { t } from "../texts.js";
import { Field, Icon, Notice, html, say, useEffect, useMemo, useRef, useState } from "../view.js";
import { short } from "../when.js";
import { AdminHead } from "./admin_tabs.js";
import { useDraft } from "./drafts.js";
import { ADMINISTRATOR } from "./rooms.js";
import { RuleEditor } from "./rule_editor.js";
import { compared } from "./rule_list.js";
import { namesFor } from "./rule_names.js";
import { Rehearsal } from "./rule_rehearsal.js";
import { RuleList } from "./rule_text.js";

const BLANK = { rules: null, reason: "", base: null };
const LONGEST = 4000; // characters of an answer

export function RulesPage({ context }) {
  const { city, me, reference } = context;
  const title = useRef(null);
  const names = useMemo(() => namesFor(reference), [reference]);
  const [state, setState] = useState(null);
  const [problem, setProblem] = useState(null);
  const draft = useDraft("rules", BLANK);
  const [begun, setBegun] = useState(false); // on this page: nothing was restored
  const load = () => city.rules().then((found) => (setState(found), setProblem(null)), setProblem);
  useEffect(() => void load().then(() => title.current?.focus()), []);
  const begin = () => (setBegun(true), draft.change(() => ({ rules: state.rules, reason: "", base: state.version })));
  const settled = (words) => (found) => {
    draft.clear();
    setState(found);
    say(words);
    requestAnimationFrame(() => title.current?.focus());
  };
  const shared = { names, context };
  return html`<section class="routing">
    ${me.role === ADMINISTRATOR ? html`<${AdminHead} room="rules" title=${title} />` : html`<p class="ways"><a class="link" href="#mine"><${Icon} name="back" />${t("rules.back")}</a></p><h1 ref=${title} tabindex="-1">${t("console.room_rules")}</h1>`}
    <p>${t("rules.about")}</p>
    ${problem && html`<${Notice} kind="warn" role="alert"><p>${sentence(problem)}</p><button class="button" onClick=${load}>${t("common.retry")}</button><//>`}
    ${!state && !problem && html`<p class="loading">${t("common.loading")}</p>`}
    ${state && html`<${Off} off=${state.off} />
      ${state.proposal && html`<${Proposal} key=${state.proposal.version} proposal=${state.proposal} current=${state} ...${shared} onDecided=${(found) => (setState(found), say(t("rules.decided")), title.current?.focus())} onReload=${load} />`}
      ${draft.values.rules
        ? html`<${RuleEditor} draft=${draft} restored=${draft.restored && !begun} current=${state} ...${shared} onProposed=${settled(t("rules.proposed"))} onCancel=${() => (draft.clear(), title.current?.focus())} onReload=${load} />`
        : html`<${InForce} state=${state} ...${shared} onChange=${begin} />`}
      <${History} history=${state.history} ...${shared} />`}
  </section>`;
}

function Off({ off }) {
  if (!off.length) return null;
  return html`<${Notice} kind="bad"><p>${t("console.rules_off", { n: off.length })}</p>
    <ul>${off.map(({ rule, error, at }) => html`<li key=${rule}><strong>${rule}</strong> · ${short(at)} · <code>${error}</code></li>`)}</ul><//>`;
}

function InForce({ state, onChange, ...shared }) {
  const off = Object.fromEntries(state.off.map(({ rule, error }) => [rule, error]));
  return html`<section>
    <h2>${state.version ? t("rules.in_force", { n: state.version }) : t("rules.in_force_none")}</h2>
    <${RuleList} rules=${state.rules} off=${off} ...${shared} />
    <p><button type="button" class="button main" onClick=${onChange}>${t("rules.begin")}</button></p>
  </section>`;
}

/** What waits for a second person; who proposed it only reads. */
function Proposal({ proposal, current, names, context, onDecided, onReload }) {
  const { marks, gone } = compared({ before: current.rules, after: proposal.rules });
  const own = proposal.proposed_by === context.me.user;
  return html`<section class="card proposal">
    <h2>${t("rules.proposal", { n: proposal.version })}</h2>
    <p>${t("rules.proposed_by", { who: proposal.proposed_by, at: short(proposal.proposed_at) })}</p>
    <p class="description">${proposal.reason}</p>
    <${RuleList} rules=${proposal.rules} names=${names} context=${context} marks=${marks} />
    ${gone.length > 0 && html`<p>${t("rules.gone", { names: gone.join(", ") })}</p>`}
    <${Rehearsal} rules=${proposal.rules} city=${context.city} />
    ${own ? html`<p><strong>${t("rules.own")}</strong></p>` : html`<${Verdict} proposal=${proposal} city=${context.city} onDecided=${onDecided} onReload=${onReload} />`}
  </section>`;
}

function Verdict({ proposal, city, onDecided, onReload }) {
  const { values, change, clear } = useDraft(`rules answer ${proposal.version}`, { answer: "" });
  const { answer } = values;
  const write = (text) => (change(() => ({ answer: text })), setFault(""));
  const [fault, setFault] = useState("");
  const [refusal, setRefusal] = useState(null);
  const [busy, setBusy] = useState(false);
  const decide = (approved) => async () => {
    if (busy) return;
    if (!approved && !answer.trim()) return setFault(t("rules.fault_answer")), document.getElementById("rules-answer").focus();
    setBusy(true);
    setRefusal(null);
    await city.decideRules({ version: proposal.version, approved, ...(answer.trim() && { answer: answer.trim() }) }).then((found) => (clear(), onDecided(found)), setRefusal);
    setBusy(false);
  };
  return html`<${Field} id="rules-answer" label=${t("rules.answer")} hint=${t("rules.answer_hint")} error=${fault}>
      ${(tie) => html`<textarea ...${tie} rows="2" maxlength=${LONGEST} value=${answer} onInput=${(event) => write(event.target.value)}></textarea>`}
    <//>
    ${refusal && html`<${Notice} kind="bad" role="alert"><p>${refusal.status === 409 ? t("rules.conflict") : refusal.errors?.length ? t("rules.fault_data") : sentence(refusal)}</p><button type="button" class="button" onClick=${onReload}>${t("act.reload")}</button><//>`}
    <div class="row">
      <button type="button" class="button main" aria-disabled=${busy} onClick=${decide(true)}>${t("rules.approve")}</button>
      <button type="button" class="button" aria-disabled=${busy} onClick=${decide(false)}>${t("rules.refuse")}</button>
    </div>`;
}

function History({ history, ...shared }) {
  if (!history.length) return null;
  return html`<section><h2>${t("rules.history")}</h2>
    ${history.map((version) => html`<details key=${`${version.version}-${version.state}`} class="card version">
      <summary>${t("rules.version", { n: version.version })} · ${t(`rules.state_${version.state}`)} · ${short(version.decided_at ?? version.proposed_at)}</summary>
      <p>${t("rules.proposed_by", { who: version.proposed_by, at: short(version.proposed_at) })}</p>
      <p class="description">${version.reason}</p>
      ${version.decided_by && html`<p>${t(`rules.by_${version.state}`, { who: version.decided_by, at: short(version.decided_at) })} ${version.answer}</p>`}
      <${RuleList} rules=${version.rules} ...${shared} />
    </details>`)}
  </section>`;
}
