// A message that is no case yet, as it came, and its three ends: a case, an answer, or closed with a reason. The address
// `#message/…` opens it.

import { sentence } from "../api.js";
import { Said } from "../said.js";
import { t } from "../texts.js";
import { Icon, Notice, focusOn, html, say, useEffect, useRef, useState } from "../view.js";
import { ago, full } from "../when.js";
import { CaseForm, CloseForm, ReplyForm } from "./message_forms.js";

const FORMS = { case: CaseForm, reply: ReplyForm, close: CloseForm };

export function MessagePage({ context, message }) {
  const title = useRef(null);
  const { view, problem, load, done } = useMessage(context.city, message, title);
  return html`<article class="case message">
    <nav class="back no-print"><a class="link" href="#inbox"><${Icon} name="back" />${t("console.back")}</a></nav>
    ${problem && html`<${Absent} problem=${problem} alone=${!view} retry=${load} />`}
    ${!view && !problem && html`<p class="loading">${t("common.loading")}</p>`}
    ${view && html`<h1 ref=${title} tabindex="-1">${t(`desk.channel_${view.channel}`)}</h1>
      <${State} view=${view} />
      <div class="columns">
        <div class="stack"><${Words} view=${view} city=${context.city} /><${Trail} view=${view} /></div>
        <div class="stack"><${Ends} view=${view} context=${context} onDone=${done} onStale=${load} /></div>
      </div>`}
  </article>`;
}

function useMessage(city, id, title) {
  const [view, setView] = useState(null);
  const [problem, setProblem] = useState(null);
  const toTitle = () => requestAnimationFrame(() => title.current?.focus());
  const load = () => city.message(id).then((found) => (setView(found), setProblem(null)), setProblem);
  const done = (next) => {
    setView(next);
    say(t(`desk.message_${next.state}`));
    toTitle();
  };
  useEffect(() => void load().then(toTitle), []);
  return { view, problem, load, done };
}

function State({ view }) {
  const open = view.state === "open";
  return html`<${Notice} kind=${open ? "" : "good"}>
    <p>${open ? html`${t("desk.message_open", { ago: ago(view.received_at), time: full(view.due_at) })} ${t(`desk.why_${whyOf(view.reason)}`)} ${view.public && t(view.allowed_actions.includes("reply") ? "desk.message_public" : "desk.message_public_unanswered")}` : t(`desk.message_${view.state}`)}
      ${view.number && html` <a href=${`#${view.number}`}>${view.number}</a>`}</p>
  <//>`;
}

const WHYS = ["mention", "no_words", "no_sender", "private_message", "key_reused", "attachment_unread", "picture_missing", "not_attached", "edited", "virus", "spam"];
const whyOf = (reason) => (WHYS.includes(reason) ? reason : "other");

function Words({ view, city }) {
  return html`<section class="card"><h2>${t("desk.message_words")}</h2>
    ${view.said === null ? html`<p class="muted">${t("desk.message_gone")}</p>` : view.said ? html`<p class="said"><${Said} text=${view.said} /></p>` : html`<p class="muted">${t("desk.message_empty")}</p>`}
    ${view.photos_missing > 0 && html`<p class="muted">${t("desk.message_photos_missing", { n: view.photos_missing })}</p>`}
    ${view.photos.map((_, index) => html`<${Picture} key=${index} id=${view.task_id} position=${index + 1} city=${city} />`)}
  </section>`;
}

/** A photo as its sender made it: only this desk sees it, until it is in a case. */
function Picture({ id, position, city }) {
  const [shown, setShown] = useState(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => void city.messagePhoto(id, position).then(({ content_type, data }) => setShown(`data:${content_type};base64,${data}`), () => setFailed(true)), []);
  const name = t("photo.nth", { n: position });
  if (failed) return html`<p class="muted">${name}: ${t("desk.message_photo_failed")}</p>`;
  return shown ? html`<img class="sent-photo" src=${shown} alt=${name} onError=${() => setFailed(true)} />` : html`<p class="loading">${t("common.loading")}</p>`;
}

function Trail({ view }) {
  if (!view.trail.length) return null;
  return html`<section class="card"><h2>${t("console.history")}</h2><ol class="plain stack">${view.trail.map((step, index) => html`<li key=${index}>
    <strong>${t(`desk.step_${step.action}`)}</strong> <span class="small muted">${[step.by, full(step.at)].filter(Boolean).join(" · ")}</span>
    ${step.reason_code && html`<p>${t(step.by ? `desk.end_${step.reason_code}` : `console.why_${step.reason_code}`)}</p>`}
    ${step.text && html`<p><${Said} text=${step.text} /></p>`}
  </li>`)}</ol></section>`;
}

function Ends({ view, context, onDone, onStale }) {
  const [chosen, setChosen] = useState(view.allowed_actions[0]);
  if (!view.allowed_actions.length) return null;
  const end = view.allowed_actions.includes(chosen) ? chosen : view.allowed_actions[0];
  const Form = FORMS[end];
  const choose = (name) => (setChosen(name), requestAnimationFrame(() => focusOn(`end-${name}`)));
  return html`<section class="card" aria-label=${t("console.work")}>
    <div class="row" role="group" aria-label=${t("console.work")}>${view.allowed_actions.map((name) => html`<button type="button" key=${name} id=${`end-${name}`} class="button" aria-pressed=${name === end ? "true" : "false"} onClick=${() => choose(name)}>${t(`desk.end_as_${name}`)}</button>`)}</div>
    <${Form} key=${end} view=${view} context=${context} onDone=${onDone} onStale=${onStale} />
  </section>`;
}

/** `alone`: there is nothing older to show. */
function Absent({ problem, alone, retry }) {
  const missing = [403, 404].includes(problem.status);
  return html`${alone && html`<h1 tabindex="-1">${t("console.message")}</h1>`}
    <${Notice} kind="warn" role="alert">
      <p>${missing ? t("desk.message_not_yours") : sentence(problem)}</p>
      ${!missing && html`<button class="button" onClick=${retry}>${t("common.retry")}</button>`}
    <//>`;
}
