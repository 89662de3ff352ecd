// What a reporter may do with the own report, from `allowed_actions`: confirm with a rating, object with words and photos,
// withdraw, comment, rate, answer, follow; and add photos. Photos are sent first; the action names those that are ready.
// `Question`: what they are asked now, which comes before everything else; `Actions`: what they may do besides.

import { newKey, pause, Problem, request, sentence } from "./api.js";
import { PersonalHint } from "./personal_hint.js";
import { send } from "./photo.js";
import { MOST, PhotoField } from "./photo_field.js";
import { isPreparing, prepared } from "./preparing.js";
import * as store from "./store.js";
import { has, t, word } from "./texts.js";
import { Field, html, Icon, Notice, useEffect, useRef, useState } from "./view.js";

const LEADING = ["confirm", "object", "answer"]; // asked for, not only offered
const OFFERED = ["rate", "comment", "withdraw", "follow", "erase"];
const WITH_PHOTOS = ["object", "answer", "comment"];
const NEEDS_WORDS = ["object", "answer", "comment"];
const WORDLESS = ["follow", "photo", "erase"];
const GRAVE = ["withdraw", "erase"]; // cannot be undone
const READY_WITHIN = 40; // looks, half a second apart

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
    <h2 id="question">${t(`reporter.ask_${asked.current}`)}</h2>
    <p id="next">${word(view.next_step)}</p>
    ${children}
    <${Choice} ...${given} view=${view} offered=${offered} open=${open} setOpen=${setOpen} gone=${gone} look=${look} />
  </section>`;
}

/** Whether the reporter is asked something now. */
export const asksOf = (view) => LEADING.some((action) => view.allowed_actions.includes(action));

export function Actions({ view, ...given }) {
  const [open, setOpen] = useState(null);
  const offered = [...offeredIn(view), ...(given.secret && view.allowed_actions.includes("comment") ? ["photo"] : [])];
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
  if (open && !gone) return html`<${Form} key=${open} action=${open} view=${view} secret=${secret} onDone=${done} onCancel=${close} onReload=${onReload} />`;
  return html`${gone && html`<${Notice} kind="warn" role="alert">${t("reporter.gone")}</${Notice}>`}
    <p class="row">${offered.map((action) => html`<button type="button" key=${action} id=${`act-${action}`} class=${look(action)} onClick=${() => setOpen(action)}>${name(action, view.status)}</button>`)}</p>`;
}

/** Stars are given with the confirmation, as long as that is asked for. */
const offeredIn = ({ allowed_actions: allowed }) => OFFERED.filter((action) => allowed.includes(action) && !(action === "rate" && allowed.includes("confirm")));

/** The words for an action: of this status, of the table, or of what is no action of the table. */
const name = (action, status) => t([`action.${action}_in_${status}`, `action.${action}`].find(has) ?? `reporter.${action}`);

/** The question before a text. */
const asking = (action, status) => t([`reporter.text_${action}_in_${status}`, `reporter.text_${action}`].find(has) ?? "reporter.text");

/** One try of an action: photos first, then the words; the same words keep their key. */
function usePerforming({ action, view, secret, onDone, onReload }) {
  const [busy, setBusy] = useState("");
  const [trouble, setTrouble] = useState("");
  const attempt = useRef({});
  const sent = useRef(new Map());

  async function perform({ photos, ...needs }) {
    const ids = await sendPhotos(photos, view.number, secret, sent.current, setBusy, { wait: action !== "photo" });
    if (action === "photo") return (await request(`/complaints/${view.number}`, { secret })).body;
    const body = action === "follow" ? {} : { version: view.version, ...needs, ...(ids.length && { photos: ids }) };
    const written = JSON.stringify(body);
    if (attempt.current.written !== written) attempt.current = { written, key: newKey() };
    const { body: next } = await request(`/complaints/${view.number}/actions/${action}`, { method: "POST", body, secret, idempotencyKey: attempt.current.key });
    if (action === "follow") await store.put("mine", view.number, { number: view.number, title: view.category.name, followed: true, at: new Date().toISOString() });
    return next;
  }

  /** `needs()` are asked for when every chosen photo is ready; one that cannot be taken is said where it was chosen. */
  async function submit(needs) {
    if (busy) return;
    setBusy(t("reporter.sending"));
    setTrouble("");
    if (await prepared()) await perform(needs()).then(onDone, (problem) => {
      if (problem.status === 409 && problem.code !== "photo_not_ready") onReload();
      setTrouble(wordsOf(problem));
    });
    setBusy("");
  }

  return { busy, trouble, submit };
}

function wordsOf(problem) {
  if (problem.code === "photo_not_ready") return t("reporter.photo_not_ready");
  if (problem instanceof Problem) return sentence(problem);
  return has(`photo.${problem.code}`) ? t(`photo.${problem.code}`) : t("reporter.photo_failed");
}

function Form({ action, onCancel, ...given }) {
  const [text, setText] = useState("");
  const [rating, setRating] = useState(0);
  const [photos, setPhotos] = useState([]);
  const [errors, setErrors] = useState({});
  const { busy, trouble, submit } = usePerforming({ action, ...given });
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
    ${["confirm", "rate"].includes(action) && html`<${Rating} value=${rating} onChange=${setRating} error=${errors.rating} optional=${action === "confirm"} />`}
    ${!WORDLESS.includes(action) && html`<${Words} action=${action} label=${asking(action, given.view.status)} value=${text} error=${errors.text} onChange=${(value) => (setText(value), setErrors({}))} />`}
    ${[...WITH_PHOTOS, "photo"].includes(action) && html`<${Photos} photos=${photos} optional=${action !== "photo"} error=${errors.photos} change=${(update) => (setPhotos(update), setErrors({}))} />`}
    <p class="row"><button class=${`button ${GRAVE.includes(action) ? "danger" : "main"}`} disabled=${Boolean(busy)}>${busy || t(`reporter.send_${GRAVE.includes(action) ? action : "any"}`)}</button><button type="button" class="link" onClick=${onCancel}>${t("common.cancel")}</button></p>
  </form>`;
}

const Words = ({ action, label, value, error, onChange }) => html`<${Field} id="text" label=${label} optional=${!NEEDS_WORDS.includes(action)} error=${error}>
  ${(field) => html`<textarea ...${field} maxlength="4000" value=${value} onInput=${(event) => onChange(event.target.value)}></textarea>`}
<//>
<${PersonalHint} text=${value} note=${t("personal.reporter")} />`;

const Photos = ({ optional, error, ...field }) => html`<fieldset class=${`field ${error ? "has-error" : ""}`} id="photos"><legend>${t("reporter.photos")}${optional && html` <span class="muted small">(${t("common.optional")})</span>`}</legend>
  <p class="hint">${t("photo.most", { n: MOST })}</p>
  <${PhotoField} id="photos-file" error=${error} ...${field} />
</fieldset>`;

function Rating({ value, onChange, error, optional }) {
  return html`<fieldset class="field" id="rating"><legend>${t("reporter.rating")}${optional && html` <span class="muted small">(${t("common.optional")})</span>`}</legend>
    ${error && html`<p class="wrong">${error}</p>`}
    <div class="row stars">${[1, 2, 3, 4, 5].map((n) => html`<label key=${n} class=${n <= value ? "on" : ""}><input type="radio" name="rating" checked=${value === n} onChange=${() => onChange(n)} aria-label=${t("reporter.stars", { n })} /><${Icon} name=${n <= value ? "star-full" : "star"} /></label>`)}</div></fieldset>`;
}

/** Each photo goes once, however often the form is sent; answers the ids of those that came through. */
async function sendPhotos(photos, number, secret, sent, tell, { wait }) {
  for (const [index, { id, blob, content_type, size }] of photos.entries()) {
    if (sent.has(id)) continue;
    const form = () => request(`/complaints/${number}/photos`, { method: "POST", body: { content_type, size }, secret }).then(({ body }) => body);
    const done = await send(form, blob, (share) => tell(t("photo.sending", { n: index + 1, percent: Math.round(share * 100) })));
    sent.set(id, done.photo_id);
  }
  const ids = photos.map(({ id }) => sent.get(id));
  if (wait && ids.length) await ready(ids, number, secret, tell);
  return ids;
}

async function ready(ids, number, secret, tell) {
  tell(t("reporter.checking"));
  for (let looks = 0; looks < READY_WITHIN; looks++) {
    const { body } = await request(`/complaints/${number}`, { secret });
    const mine = body.photos.filter(({ photo_id }) => ids.includes(photo_id));
    const refused = mine.find(({ state }) => state === "refused");
    if (refused) throw Object.assign(new Error("refused"), { code: `reason_${refused.reason}` });
    if (mine.length === ids.length && mine.every(({ state }) => state === "ready")) return;
    await pause(500);
  }
  throw new Problem(409, { code: "photo_not_ready" });
}
