// The dialog of one action: its fields, what the citizen will read, and what the city says to it. What was typed stays
// with the case until it is sent, whatever happens to the dialog.

import { sentence } from "../api.js";
import { Category } from "../category.js";
import { t } from "../texts.js";
import { ErrorSummary, Notice, focusOn, html, useEffect, useRef, useState } from "../view.js";
import { bodyOf, faultsOf, missing, settledBy, shownFields } from "./act_form.js";
import { FIELDS } from "./act_fields.js";
import { judged } from "./evidence.js";
import { Preview } from "./preview.js";
import { Conflict, Refused } from "./refusals.js";
import { DANGEROUS, actions, nameOf } from "./table.js";

/** `draft`: what was typed for this case and action (drafts.js); `onDone(view)` with the caller's new view; `onReload()` reads the
 *  case again and answers whether the action is still offered. */
export function ActDialog({ action, view, context, draft, onDone, onClose, onReload }) {
  const row = actions[action];
  const box = useModal();
  const { values } = draft;
  const { faults, refusal, busy, set, submit, reload } = useSending({ action, row, view, context, draft, onDone, onReload });
  const faultAt = (name) => faults.find((each) => each.field === name)?.message;
  return html`<dialog ref=${box} class="act" aria-labelledby="act-title" onCancel=${(event) => busy && event.preventDefault()} onClose=${onClose}>
    <form onSubmit=${submit} novalidate>
      <h2 id="act-title" tabindex="-1">${nameOf(action)}</h2>
      <p class="muted">${view.number} · <${Category} of=${view.category} /></p>
      <${ErrorSummary} errors=${faults} />
      ${shownFields(row, values).map((name) => html`<${ActField} key=${name} name=${name} action=${action} row=${row} view=${view} context=${context} values=${values} set=${set} fault=${faultAt(name)} />`)}
      <${Preview} action=${action} row=${row} view=${view} values=${values} context=${context} />
      <${Trouble} problem=${refusal} context=${context} onReload=${reload} />
      <div class="row end">
        <button type="button" class="button" onClick=${() => box.current.close()} disabled=${Boolean(busy)}>${t(wayOut(action))}</button>
        <button class=${`button ${DANGEROUS.includes(action) ? "danger" : "main"}`} aria-disabled=${Boolean(busy)}>${busy ? t(busy) : nameOf(action)}</button>
      </div>
    </form>
  </dialog>`;
}

/** What leaves the dialog never reads like what it does: "Batal" beside "Batalkan bagian". */
const wayOut = (action) => (nameOf(action).startsWith(t("common.cancel")) ? "common.way_back" : "common.cancel");

/** Checks, sends, and keeps what came back: `faults` of fields, a `refusal` of the whole, `busy` with what (a key of the
 *  strings). The same body is sent under the same key, however often. */
function useSending({ action, row, view, context, draft: { values, change, keyFor }, onDone, onReload }) {
  const [faults, setFaults] = useState([]);
  const [refusal, setRefusal] = useState(null);
  const [busy, setBusy] = useState("");
  const set = (name, value) => {
    change((old) => ({ ...old, [name]: typeof value === "function" ? value(old[name]) : value }));
    setFaults((old) => old.filter((fault) => !settledBy(name).includes(fault.field)));
  };
  const fail = (errors) => {
    setFaults(faultsOf(errors));
    requestAnimationFrame(() => focusOn("errors"));
  };
  const refused = (problem) => (problem.errors?.length ? fail(problem.errors) : setRefusal(problem));
  const send = async () => {
    const body = bodyOf(row, values, view.version);
    const order = () => context.city.act(view.number, action, body, keyFor(body));
    setBusy("act.sending");
    setRefusal(null);
    await order().catch((problem) => afterPhotos(problem, { body, order, view, context, setBusy })).then(onDone, refused);
    setBusy("");
  };
  const submit = (event) => {
    event.preventDefault();
    if (busy) return;
    const underWay = values.shots.some((shot) => ["sending", "pending"].includes(shot.state));
    const absent = missing(row, values, { proof: context.proofOf(view) }).filter(({ field }) => !underWay || field !== "photos");
    if (absent.length) fail(absent);
    else if (underWay) setRefusal({ code: "photo_not_ready" });
    else send();
  };
  const reload = async () => (await onReload()) && setRefusal({ reloaded: true });
  return { faults, refusal, busy, set, submit, reload };
}

/** A photo that is still being looked at is waited for, then the order is given once more; any other problem stands. */
async function afterPhotos(problem, { body, order, view, context, setBusy }) {
  if (problem.code !== "photo_not_ready") throw problem;
  setBusy("act.photo_pending");
  await Promise.all(body.photos.map((id) => judged(context.city, view.number, id)));
  return order();
}

function ActField(props) {
  const Shown = FIELDS[props.name] ?? FIELDS.other;
  return html`<${Shown} ...${props} id=${`act-${props.name}`} />`;
}

/** Beside the button that was pressed, in sight. */
function Trouble({ problem, ...rest }) {
  const box = useRef(null);
  useEffect(() => void (problem && box.current.scrollIntoView({ block: "nearest" })), [problem]);
  return html`<div ref=${box}>${problem && html`<${Saying} problem=${problem} ...${rest} />`}</div>`;
}

function Saying({ problem, context, onReload }) {
  if (problem.reloaded) return html`<${Notice} kind="good" role="status"><p>${t("console.reloaded")}</p><//>`;
  if (problem.code === "photo_not_ready") return html`<${Notice} kind="warn" role="alert"><p>${t("act.photos_wait")}</p><//>`;
  if (["version_conflict", "state_forbids"].includes(problem.code)) return html`<${Conflict} problem=${problem} onReload=${onReload} />`;
  if ([403, 404].includes(problem.status)) return html`<${Refused} problem=${problem} names=${context.unitName} onReload=${onReload} />`;
  return html`<${Notice} kind="bad" role="alert"><p>${t("act.not_sent")} ${sentence(problem)}</p><//>`;
}

/** Opened as a modal: the browser keeps the focus inside and gives it back. */
function useModal() {
  const box = useRef(null);
  useEffect(() => {
    box.current.showModal();
    box.current.querySelector("#act-title").focus();
  }, []);
  return box;
}
