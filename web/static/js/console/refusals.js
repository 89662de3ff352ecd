// What stands in a dialog when the city said no.

import { sentence } from "../api.js";
import { has, t } from "../texts.js";
import { Notice, html } from "../view.js";
import { short } from "../when.js";

/** Somebody else was faster: what happened since, and the way to see it. */
export function Conflict({ problem, onReload }) {
  const changes = problem.changes ?? [];
  const by = changes.at(-1)?.unit?.name;
  return html`<${Notice} kind="warn" role="alert">
    <p>${by ? t("act.changed_by", { unit: by }) : t("act.changed")}</p>
    ${changes.length > 0 && html`<ul>${changes.map((line) => html`<li key=${line.version}>${did(line.action)} · ${line.unit?.name} · ${short(line.at)}</li>`)}</ul>`}
    <button type="button" class="button" onClick=${onReload}>${t("act.reload")}</button>
  <//>`;
}

const did = (action) => (has(`case.did_${action}`) ? t(`case.did_${action}`) : t(`action.${action}`));

/** No longer, or never, this officer's to do; whose it is, where the rule names a unit. */
export function Refused({ problem, names, onReload }) {
  const owner = problem.owner && names(problem.owner);
  return html`<${Notice} kind="bad" role="alert">
    <p>${sentence(problem)} ${owner && t("act.owner", { unit: owner })}</p>
    <button type="button" class="button" onClick=${onReload}>${t("act.reload")}</button>
  <//>`;
}
