// What stands in a dialog when the city said no.

import { sentence } from "../api.js";
import { has, t } from "../texts.js";
import { Notice, html } from "../view.js";
import { short } from "../when.js";

/** Somebody else was faster: what happened since, and the way to see it. */
export function Conflict({ problem, onReload }) {
  const changes = problem.changes ?? [];
  const holder = changes.at(-1)?.unit?.name;
  return html`<${Notice} kind="warn" role="alert">
    <p>${holder ? t("act.changed_by", { unit: holder }) : t("act.changed")}</p>
    ${changes.length > 0 && html`<ul>${changes.map((line) => html`<li key=${line.version}>${told(line)}</li>`)}</ul>`}
    <button type="button" class="button" onClick=${onReload}>${t("act.reload")}</button>
  <//>`;
}

/** What was done, by which unit (a reporter has none), and when. */
const told = (line) => [did(line.action), line.by?.unit?.name, short(line.at)].filter(Boolean).join(" · ");

const did = (action) => (has(`case.did_${action}`) ? t(`case.did_${action}`) : t(`action.${action}`));

/** No longer, or never, this officer's to do; whose it is, where the rule names a unit. */
export function Refused({ problem, names, onReload }) {
  const owner = problem.owner && names(problem.owner);
  return html`<${Notice} kind="bad" role="alert">
    <p>${sentence(problem)} ${owner && t("act.owner", { unit: owner })}</p>
    <button type="button" class="button" onClick=${onReload}>${t("act.reload")}</button>
  <//>`;
}
