// `<FindBox />`: a complaint number as people type it → its page. `<Mine />`: the reports kept on this device.

import { watchOutbox } from "./outbox.js";
import { read } from "./number.js";
import * as store from "./store.js";
import { link, pageOf, t } from "./texts.js";
import { short } from "./when.js";
import { Field, html, Icon, Notice, useEffect, useState } from "./view.js";

export function FindBox({ id = "number", error: given, text: typed = "" }) {
  const [text, setText] = useState(() => typed || (document.getElementById(id)?.value ?? "")); // typed before the script came
  const [error, setError] = useState(given);
  const find = (event) => {
    event.preventDefault();
    const number = read(text);
    if (number) location.href = pageOf(number);
    else setError(t(number === false ? "track.typo" : "track.no_number"));
  };
  return html`<form class="find" action=${link("/lacak")} noValidate onSubmit=${find}>
    <${Field} id=${id} label=${t("track.find")} hint=${t("track.example")} error=${error}>
      ${(field) => html`<div class="row"><input ...${field} name="number" type="text" autocomplete="off" autocapitalize="characters" spellcheck=${false} value=${text} onInput=${(event) => (setText(event.target.value), setError(""))} />
        <button class="button main"><${Icon} name="magnifier" />${t("common.track")}</button></div>`}
    <//>
  </form>`;
}

export function Mine() {
  const [mine, setMine] = useState([]);
  const [waiting, setWaiting] = useState([]);
  const refresh = async () => setMine((await store.all("mine")).sort((a, b) => (a.at < b.at ? 1 : -1)));
  useEffect(() => watchOutbox(({ waiting }) => (setWaiting(waiting), void refresh())), []);
  const [sure, setSure] = useState(null); // the number whose secret link is about to go: it stands nowhere else
  const forget = async ({ number, secret }) => (secret && sure !== number ? setSure(number) : (await store.remove("mine", number), refresh()));
  if (!mine.length && !waiting.length) return null;
  return html`<section class="mine" aria-labelledby="mine"><h2 id="mine">${t("track.mine")}</h2>
    ${waiting.length > 0 && html`<${Notice} kind="warn" role="status">${t("track.waiting", { n: waiting.length })}</${Notice}>`}
    <ul class="plain">${mine.map((own) => html`<li key=${own.number} class="card own">
      <a href=${pageOf(own.number)}>${own.number}</a>
      <span class="muted small">${[own.title, own.followed ? t("track.followed") : short(own.at)].filter(Boolean).join(" · ")}</span>
      <button type="button" class="link" onClick=${() => forget(own)} aria-label=${sure === own.number ? null : t("track.forget_number", { number: own.number })}><${Icon} name="close" />${t(sure === own.number ? "track.forget_sure" : "track.forget")}</button></li>`)}</ul>
    <p class="hint">${t("track.mine_hint")}</p></section>`;
}
