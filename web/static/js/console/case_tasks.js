// What stands on a case besides itself, each with its own buttons: a proof to be judged, parts of the work, a proposal of
// more time, a second look at a rejection. A list's row of such a task leads to it: `headingOf(kind)` is the id of its heading.

import { Pair } from "../case_view.js";
import { Said } from "../said.js";
import { has, t } from "../texts.js";
import { Icon, html } from "../view.js";
import { full } from "../when.js";
import { WorkParts } from "../work_parts.js";
import { isOfUnit } from "./owners.js";
import { DANGEROUS, nameOf } from "./table.js";

const HEADINGS = { proof: "judgement", part: "work-parts", approval: "proposal", look: "second-look" };
const OWN = ["finish_part", "decline_part"]; // of the part's unit; whoever holds the case may cancel any
const APPROVAL = ["approve_extension", "refuse_extension"];
const LOOK = ["uphold", "overturn"];
const JUDGEMENT = ["validate", "refuse"];

export const headingOf = (kind) => HEADINGS[kind];

/** `onAct(action, given)`: begins an action, with what is chosen already. */
export function CaseTasks({ view, context, onAct }) {
  return html`<${Judgement} view=${view} onAct=${onAct} /><${Proposal} view=${view} onAct=${onAct} /><${SecondLook} view=${view} onAct=${onAct} />
    <${WorkParts} view=${view} acts=${(part) => html`<${PartActs} part=${part} view=${view} context=${context} onAct=${onAct} />`} />`;
}

/** The pair of pictures and what the officer says of the work: all that is judged, on one screen. */
function Judgement({ view, onAct }) {
  if (!isOffered(JUDGEMENT, view)) return view.validator ? html`<${Task} kind="proof" title=${t("console.judgement")}><p>${t("console.judge", { user: view.validator })}</p><//>` : null;
  return html`<${Task} kind="proof" title=${t("console.judgement")}>
    <${Pair} photos=${view.photos} />
    <${LastWords} view=${view} action="propose_done" />
    <${Acts} names=${JUDGEMENT} view=${view} onAct=${onAct} />
  <//>`;
}

function PartActs({ part, view, context, onAct }) {
  if (part.state !== "open") return null;
  const own = isOfUnit(context.reference, context.me, part.unit.code);
  return html`<${Acts} names=${[...(own ? OWN : []), "cancel_part"]} view=${view} given=${{ part: part.part }} onAct=${onAct} />`;
}

function Proposal({ view, onAct }) {
  if (!view.extension) return null;
  const due = [view.clocks.rework, view.clocks.resolution].find((clock) => clock && !clock.stopped_at);
  return html`<${Task} kind="approval" title=${t("console.proposal")}>
    <p><strong>${full(view.extension.until)}</strong>${due && html`<br />${t("console.proposal_instead", { time: full(due.due_at) })}`}</p>
    <${LastWords} view=${view} action="extend" />
    <${Acts} names=${APPROVAL} view=${view} onAct=${onAct} none=${t("console.proposal_waits")} />
  <//>`;
}

function SecondLook({ view, onAct }) {
  if (!isOffered(LOOK, view)) return null;
  return html`<${Task} kind="look" title=${t("console.second_look")}>
    <${LastWords} view=${view} action="reject" />
    <${Acts} names=${LOOK} view=${view} onAct=${onAct} />
  <//>`;
}

const isOffered = (actions, view) => actions.some((action) => view.allowed_actions.includes(action));

const Task = ({ kind, title, children }) => html`<section class="card asks" aria-labelledby=${HEADINGS[kind]}><h2 id=${HEADINGS[kind]} tabindex="-1">${title}</h2>${children}</section>`;

/** Who said it, their reason and their words, when this was last done. */
function LastWords({ view, action }) {
  const line = view.timeline.findLast((each) => each.action === action);
  if (!line) return null;
  const reason = `reason.${line.reason_code}`;
  return html`<p class="small muted">${line.by.unit?.name}${has(reason) && ` · ${t(reason)}`}</p>
    ${line.text && html`<blockquote class="said-by asked"><${Said} text=${line.text} /></blockquote>`}`;
}

/** The first of them is the way forward. `none`: what is said to who may do none of it. */
function Acts({ names, view, given, onAct, none }) {
  const offered = names.filter((action) => view.allowed_actions.includes(action));
  if (!offered.length) return none ? html`<p class="small muted"><${Icon} name="info" /> ${none}</p>` : null;
  const look = (action) => (DANGEROUS.includes(action) ? "danger" : action === names[0] ? "main" : "");
  return html`<p class="row">${offered.map((action) => html`<button key=${action} class=${`button ${look(action)}`} data-action=${action} onClick=${() => onAct(action, given)}>${nameOf(action)}</button>`)}</p>`;
}
