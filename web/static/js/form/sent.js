// After sending: the number and what comes next, or that the report waits on the device for a network. Sending itself
// comes with it (outbox.js).

import { sentence } from "../api.js";
import { watchOutbox } from "../outbox.js";
import * as store from "../store.js";
import { Qr } from "../qr.js";
import { Uploads } from "../upload_list.js";
import { pageOf, t } from "../texts.js";
import { full } from "../when.js";
import { focusOn, html, Icon, Notice, say, useEffect, useState } from "../view.js";

export { keepSending, sendReport } from "../outbox.js";

/** On the device, or with this page of the browser's history where the device keeps nothing: a reload shows it again. */
async function newest() {
  const known = [history.state?.sent, ...(await store.all("mine"))].filter((each) => each?.answer);
  return known.sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null;
}

/** The last report of this device: sent, or waiting for a network. */
export function Outcome({ problem, onAnother }) {
  const [own, setOwn] = useState(undefined);
  const [waiting, setWaiting] = useState([]);
  useEffect(() => watchOutbox(async ({ waiting, sent, refused }) => {
    setWaiting(waiting);
    setOwn(await newest());
    if (sent) say(t("form.sent_title"));
    if (refused) location.assign(location.pathname); // back to the draft
  }), []);
  useEffect(() => void (own?.kept === false && history.replaceState({ ...history.state, sent: own }, "")), [own?.number]);
  useEffect(() => void (own !== undefined && focusOn("heading")), [own?.number, waiting.length]);
  if (own === undefined) return html`<p class="loading">${t("common.loading")}</p>`;
  if (waiting.length) return html`<${Waiting} problem=${problem} kept=${waiting.every(({ kept }) => kept !== false)} />`;
  if (!own) return html`<p><a href=${location.pathname}>${t("form.another")}</a></p>`;
  return html`<${Sent} own=${own} onAnother=${onAnother} />`;
}

function Waiting({ problem, kept }) {
  return html`<div class="stack">
    <h1 tabindex="-1" id="heading">${t(kept ? "form.waiting_title" : "form.waiting_title_not_kept")}</h1>
    <${Notice} kind="warn" role="status"><p>${problem?.status === 429 ? sentence(problem) : t("form.waiting")}</p><p>${t(kept ? "form.waiting_safe" : "form.waiting_not_kept")}</p></${Notice}>
  </div>`;
}

function Sent({ own, onAnother }) {
  const { number, secret, answer = {}, kept = true } = own;
  const page = location.origin + pageOf(number);
  return html`<div class="stack">
    <div class="sent">
      <${Icon} name="check" />
      <h1 tabindex="-1" id="heading">${t("form.sent_title")}</h1>
      <p>${t("form.sent_number")}</p>
      <p class="number" id="number">${number}</p>
      <${Qr} text=${page} label=${t("common.qr")} />
      <div class="row no-print"><${Copy} text=${number} label=${t("form.copy")} done=${t("form.copied")} /><${Share} address=${page} number=${number} />
        <button type="button" class="button" onClick=${() => print()}><${Icon} name="print" />${t("form.print")}</button></div>
    </div>
    ${!kept && html`<${Notice} kind="warn" role="alert">${t("form.not_kept")}</${Notice}>`}
    <${Uploads} number=${number} />
    <section><h2>${t("form.next")}</h2><ol>
      <li>${t("form.next_1", { unit: answer.unit?.name ?? "", time: answer.clocks?.coordination ? full(answer.clocks.coordination.due_at) : "" })}</li>
      ${answer.clocks?.resolution && html`<li>${t("form.next_2", { time: full(answer.clocks.resolution.due_at) })}</li>`}
      <li>${t("form.next_3")}</li></ol></section>
    <section class="card"><h2>${t("form.owner_title")}</h2><p>${t(kept ? "form.owner" : "form.owner_not_kept")}</p>
      ${secret && !kept && html`<p class="link-text">${`${page}~${secret}`}</p>`}
      ${secret && html`<${Copy} text=${`${page}~${secret}`} label=${t("form.owner_copy")} done=${t("form.owner_copied")} />
        <details><summary>${t("form.owner_qr")}</summary><${Qr} text=${`${page}~${secret}`} label=${t("common.qr_owner")} /></details>`}</section>
    <p class="row no-print"><a class="button main" href=${page}>${t("form.track")}</a><button type="button" class="link" onClick=${onAnother}>${t("form.another")}</button></p>
  </div>`;
}

function Copy({ text, label, done }) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(text).then(() => (setCopied(true), say(done)), () => prompt(label, text));
  return html`<button type="button" class="button" onClick=${copy}><${Icon} name=${copied ? "check" : "copy"} />${copied ? done : label}</button>`;
}

function Share({ address, number }) {
  if (!navigator.share) return null;
  const share = () => navigator.share({ title: `Tanggap ${number}`, url: address }).catch(() => {});
  return html`<button type="button" class="button" onClick=${share}><${Icon} name="share" />${t("form.share")}</button>`;
}
