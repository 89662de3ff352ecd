// The parts of a case's work that other units do: `<WorkParts view acts />`, by unit, with its state and its words. `acts`:
// what stands below a part, for who may do something about it.

import { Said } from "./said.js";
import { t } from "./texts.js";
import { html, Icon } from "./view.js";
import { full } from "./when.js";

const LOOKS = { open: ["tools", "in_progress"], done: ["check", "resolved"], declined: ["cross", "rejected"], cancelled: ["cross", "withdrawn"] };

export function WorkParts({ view, acts = () => null }) {
  if (!view.parts?.length) return null;
  return html`<section class="card" aria-labelledby="work-parts"><h2 id="work-parts" tabindex="-1">${t("case.parts")}</h2>
    <ul class="plain stack">${view.parts.map((part) => html`<li key=${part.part}>
      <p class="row"><strong>${part.unit.name}</strong> ${chip(part.state)}</p>
      ${part.text && html`<p class="said"><${Said} text=${part.text} /></p>`}
      ${part.state === "open" && html`<p class=${part.late ? "wrong" : "small muted"}>${t(part.late ? "case.part_late" : "case.part_until", { time: full(part.due_at) })}</p>`}
      ${acts(part)}
    </li>`)}</ul></section>`;
}

function chip(state) {
  const [icon, status] = LOOKS[state];
  return html`<span class="chip" data-status=${status}><${Icon} name=${icon} />${t(`case.part_${state}`)}</span>`;
}
