// One case, whole, and what this officer may do with it now. The address `#JKT-…` opens it from a message.

import { fragmentQuery } from "../address.js";
import { sentence } from "../api.js";
import { pageOf, t } from "../texts.js";
import { Notice, focusOn, html, say, useEffect, useRef, useState } from "../view.js";
import { ActDialog } from "./act_dialog.js";
import { BLANK } from "./act_form.js";
import { AgencyLink } from "./agency_link.js";
import { Facts, Head, Letters, Seen, Work } from "./case_parts.js";
import { CaseTasks, headingOf } from "./case_tasks.js";
import { useDraft } from "./drafts.js";
import { Ways, reading } from "./reading.js";

/** The views that staff alone get say how the case came in. */
const isStaffView = (view) => "channel" in view;

export function CasePage({ context, number }) {
  const title = useRef(null);
  const { view, problem, begun, news, open, load, done, reload } = useCase(context.city, number, title);
  return html`<article class="case">
    <${Ways} number=${number} />
    ${news && html`<${Notice} kind=${news.kind}><p>${news.words}</p><//>`}
    ${problem && html`<${Absent} number=${number} problem=${problem} alone=${!view} retry=${load} />`}
    ${!view && !problem && html`<p class="loading">${t("common.loading")}</p>`}
    ${view && html`<${Head} view=${view} title=${title} />`}
    ${view && isStaffView(view) && html`<div class="columns">
      <div class="stack"><${CaseTasks} view=${view} context=${context} onAct=${open} /><${Work} view=${view} onAct=${open} /><${AgencyLink} view=${view} /><${Facts} view=${view} context=${context} /></div>
      <div class="stack"><${Seen} view=${view} city=${context.city} /><${Letters} messages=${view.messages} /></div>
    </div>`}
    ${view && begun && html`<${Open} key=${`${begun.action} ${begun.given.part}`} ...${begun} view=${view} context=${context} onDone=${done} onClose=${() => open(null)} onReload=${reload} />`}
  </article>`;
}

/** The case as it was last read, the action whose dialog is open with what was chosen for it, and what happened last in
 *  words. */
function useCase(city, number, title) {
  const [view, setView] = useState(null);
  const [problem, setProblem] = useState(null);
  const [begun, setBegun] = useState(null);
  const open = (action, given = {}) => setBegun(action && { action, given });
  const [task] = useState(() => headingOf(fragmentQuery().query.get("task")));
  const [news, setNews] = useState(null);
  const load = () => city.case(number).then((found) => (setView(found), setProblem(null), found), (fault) => (setProblem(fault), null));
  const tell = (kind, words) => (setNews({ kind, words }), say(words));
  const toTitle = () => requestAnimationFrame(() => title.current?.focus()); // once the dialog lets go of the page
  const toTask = () => requestAnimationFrame(() => (document.getElementById(task) ? focusOn(task) : title.current?.focus()));
  const done = (next) => {
    setView(next);
    setBegun(null);
    tell("good", isStaffView(next) ? t("console.done", { status: t(`status.${next.status}`) }) : t("console.handed_on", { unit: next.unit.name }));
    toTitle();
  };
  const reload = async () => {
    const offered = (await load())?.allowed_actions.includes(begun.action);
    if (offered) return true;
    setBegun(null);
    tell("warn", t("console.no_longer"));
    toTitle();
    return false;
  };
  useEffect(() => void load().then(task ? toTask : toTitle), []);
  useEffect(() => void (reading.number = number), []);
  useEffect(() => void (view && history.replaceState(null, "", `#${view.number}`)), [view?.number]);
  useReturn(() => view && !begun && load());
  return { view, problem, begun, news, open, load, done, reload };
}

function Open({ action, given, view, onDone, ...rest }) {
  const about = [view.number, action, ...Object.values(given)].join(" ");
  const draft = useDraft(about, { ...BLANK, ...given });
  const done = (next) => (draft.clear(), onDone(next));
  return html`<${ActDialog} action=${action} view=${view} draft=${draft} onDone=${done} ...${rest} />`;
}

/** `alone`: there is nothing older to show. Who may not work on a case reads what everybody reads. */
function Absent({ number, problem, alone, retry }) {
  const missing = [400, 404].includes(problem.status);
  return html`${alone && html`<h1 tabindex="-1">${t("console.case")}</h1>`}
    <${Notice} kind="warn" role="alert">
      <p>${missing ? t("console.not_yours") : sentence(problem)}</p>
      ${problem.status === 404 && html`<p><a href=${pageOf(number)} target="_blank">${t("console.public_page")}</a></p>`}
      ${!missing && html`<button class="button" onClick=${retry}>${t("common.retry")}</button>`}
    <//>`;
}

/** Looks again when the officer comes back to the page. */
function useReturn(look) {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    const run = () => document.visibilityState === "visible" && latest.current();
    document.addEventListener("visibilitychange", run);
    return () => document.removeEventListener("visibilitychange", run);
  }, []);
}
