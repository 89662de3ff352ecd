// What a reporter may do with the own report, from `allowed_actions`: confirm with a rating, object with words and photos,
// withdraw, comment, rate, answer, follow; and add photos. Photos are sent first; the action names those that are ready.
// What they are writing stays on the device until it is sent or cancelled.
// `Question`: what they are asked now, which comes before everything else; `Actions`: what they may do besides.

import { usePerforming } from "./performing.js";
import { isPreparing } from "./preparing.js";
import { Photos, Words } from "./reply_fields.js";
import { Said } from "./said.js";
import { has, t, word } from "./texts.js";
import { focusOn, html, Icon, Notice, useEffect, useRef, useState } from "./view.js";

const LEADING = ["confirm", "object", "answer"]; // asked for, not only offered
const OFFERED = ["rate", "comment", "withdraw", "follow", "erase"];
const WITH_PHOTOS = ["object", "answer", "comment"];
const NEEDS_WORDS = ["object", "answer", "comment"];
const WORDLESS = ["follow", "photo", "erase"];
const BLANK = { text: "", rating: 0, photos: [] };
const GRAVE = ["withdraw", "erase"]; // cannot be undone

/** What the reporter is asked now, with its answers. `wanted` is the answer whose form a message's link opens. */
export function Question({ view, wanted, children, ...given }) {
  const offered = LEADING.filter((action) => view.allowed_actions.includes(action));
  const [open, setOpen] = useState(offered.includes(wanted) ? wanted : null);
  const asked = useRef(null); // stays while a form is open that is no longer offered
  asked.current = offered[0] ?? asked.current;
  const gone = open && !offered.includes(open);
  if (!offered.length && !gone) return null;
  const look = (action) => (action === offered[0] ? "button main" : "button");
  return html`<section class="card actions asks no-print" aria-labelledby="question">
    <h2 id="question">${t([`reporter.ask_${asked.current}_in_${view.status}`, `reporter.ask_${asked.current}`].find(has))}</h2>
    ${view.question && html`<blockquote class="said-by asked"><${Said} text=${view.question.text} /></blockquote>`}
    <p id="next">${word(view.next_step)}</p>
    ${children}
    <${Choice} ...${given} view=${view} offered=${offered} open=${open} setOpen=${setOpen} gone=${gone} look=${look} />
  </section>`;
}

/** Whether the reporter is asked something now. */
export const asksOf = (view) => LEADING.some((action) => view.allowed_actions.includes(action));

export function Actions({ view, ...given }) {
  const [open, setOpen] = useState(null);
  const offered = [...offeredIn(view, given.secret), ...(given.secret && view.allowed_actions.includes("comment") ? ["photo"] : [])];
  const gone = open && !offered.includes(open);
  if (!offered.length && !gone) return null;
  const look = (action) => (GRAVE.includes(action) ? "button danger" : "button");
  return html`<section class="card actions no-print" aria-labelledby="actions">
    <h2 id="actions">${t("reporter.title")}</h2>
    <${Choice} ...${given} view=${view} offered=${offered} open=${open} setOpen=${setOpen} gone=${gone} look=${look} />
  </section>`;
}

/** A button for each action, or the form of the one that was chosen. */
function Choice({ view, secret, offered, open, setOpen, gone, look, onChange, onReload }) {
  const close = () => setOpen(null);
  const done = (next) => (close(), onChange(next));
  const cancel = () => (close(), setTimeout(focusOn, 0, `act-${open}`));
  if (open && !gone) return html`<${Form} key=${open} action=${open} view=${view} secret=${secret} onDone=${done} onCancel=${cancel} onReload=${onReload} />`;
  return html`${gone && html`<${Notice} kind="warn" role="alert">${t("reporter.gone")}</${Notice}>`}
    <p class="row">${offered.map((action) => html`<button type="button" key=${action} id=${`act-${action}`} class=${look(action)} onClick=${() => setOpen(action)}>${name(action, view.status)}</button>`)}</p>`;
}

/** Stars are given with the confirmation, as long as that is asked for; nobody follows what they are told of anyway. */
const offeredIn = ({ allowed_actions: allowed }, secret) => OFFERED.filter((action) => allowed.includes(action) && !(action === "rate" && allowed.includes("confirm")) && !(action === "follow" && secret));

/** The words for an action: of this status, of the table, or of what is no action of the table. */
const name = (action, status) => t([`action.${action}_in_${status}`, `action.${action}`].find(has) ?? `reporter.${action}`);

/** The question before a text. */
const asking = (action, status) => t([`reporter.text_${action}_in_${status}`, `reporter.text_${action}`].find(has) ?? "reporter.text");

const drafted = (action, number) => import("./link_draft.js").then(({ draftOf }) => draftOf(`reporter ${action}`, number));
const nothing = () => {}; // without the module nothing is kept

/** What is being written for an action, as a closed tab left it: [{text, rating, photos}, change(update), forget]. */
function useKept(action, number) {
  const [draft] = useState(() => drafted(action, number));
  const [written, setWritten] = useState(BLANK);
  useEffect(() => void draft.then(({ restore }) => restore()).then((kept) => kept && setWritten((now) => (now === BLANK ? { ...BLANK, ...kept } : now)), nothing), []);
  const change = (update) =>
    setWritten((old) => {
      const next = { ...old, ...update(old) };
      void draft.then(({ keep }) => keep(next), nothing);
      return next;
    });
  const forget = () => void draft.then(({ discard }) => discard(), nothing);
  return [written, change, forget];
}

function Form({ action, onCancel, onDone, ...given }) {
  const [{ text, rating, photos }, change, forget] = useKept(action, given.view.number);
  const [errors, setErrors] = useState({});
  const { busy, trouble, submit } = usePerforming({ action, onDone: (next) => (forget(), onDone(next)), ...given });
  const edit = (update) => (change(update), setErrors({}));
  const heading = useRef();
  const latest = useRef(photos); // what was chosen may still be made ready when it is sent
  latest.current = photos;
  useEffect(() => heading.current.focus(), []);

  function send(event) {
    event.preventDefault();
    const words = text.trim();
    const wrong = { ...(NEEDS_WORDS.includes(action) && !words && { text: t("reporter.error_text") }), ...(action === "rate" && !rating && { rating: t("reporter.error_rating") }), ...(action === "photo" && !photos.length && !isPreparing() && { photos: t("reporter.error_photo") }) };
    setErrors(wrong);
    if (!Object.keys(wrong).length) void submit(() => ({ photos: latest.current, ...(words && { text: words }), ...(rating && { rating }) }));
  }

  return html`<form noValidate onSubmit=${send}>
    <h3 tabindex="-1" ref=${heading}>${name(action, given.view.status)}</h3>
    ${has(`reporter.about_${action}`) && html`<p>${t(`reporter.about_${action}`)}</p>`}
    ${trouble && html`<${Notice} kind="bad" role="alert">${trouble}</${Notice}>`}
    ${["confirm", "rate"].includes(action) && html`<${Rating} value=${rating} onChange=${(stars) => edit(() => ({ rating: stars }))} error=${errors.rating} optional=${action === "confirm"} />`}
    ${!WORDLESS.includes(action) && html`<${Words} optional=${!NEEDS_WORDS.includes(action)} label=${asking(action, given.view.status)} value=${text} error=${errors.text} onChange=${(value) => edit(() => ({ text: value }))} />`}
    ${[...WITH_PHOTOS, "photo"].includes(action) && html`<${Photos} photos=${photos} optional=${action !== "photo"} error=${errors.photos} change=${(update) => edit((old) => ({ photos: update(old.photos) }))} />`}
    <p class="row"><button class=${`button ${GRAVE.includes(action) ? "danger" : "main"}`} aria-disabled=${Boolean(busy)}>${busy || t([`reporter.send_${action}`, "reporter.send_any"].find(has))}</button><button type="button" class="link" onClick=${() => (forget(), onCancel())}>${t("common.cancel")}</button></p>
  </form>`;
}

function Rating({ value, onChange, error, optional }) {
  return html`<fieldset class="field" id="rating"><legend>${t("reporter.rating")}${optional && html` <span class="muted small">(${t("common.optional")})</span>`}</legend>
    ${error && html`<p class="wrong">${error}</p>`}
    <div class="row stars">${[1, 2, 3, 4, 5].map((n) => html`<label key=${n} class=${n <= value ? "on" : ""}><input type="radio" name="rating" checked=${value === n} onChange=${() => onChange(n)} aria-label=${t("reporter.stars", { n })} /><${Icon} name=${n <= value ? "star-full" : "star"} /></label>`)}</div></fieldset>`;
}
