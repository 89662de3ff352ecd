// All reports of one person. Without a link: a message with one is asked for, to an address of theirs. With one, whose
// token stands in the fragment and leaves the address bar at once: the list, another address to join, and forgetting all.

import { fragment } from "./address.js";
import { newKey, request, sentence } from "./api.js";
import { Category } from "./category.js";
import { Chip } from "./chip.js";
import { contactFaults, isFixedLine } from "./contact.js";
import { lang, link, t } from "./texts.js";
import { day } from "./when.js";
import { Field, html, mount, Notice, say, useEffect, useState } from "./view.js";

const TOKEN = /[\w-]{32}/; // what a messenger put around it is no part of it

const tokenIn = (text) => TOKEN.exec(text.split("#").at(-1))?.[0] ?? null;

function readAddress() {
  const token = tokenIn(fragment());
  if (fragment()) history.replaceState(null, "", location.pathname + location.search);
  return token;
}

const send = (path, body, secret) => request(path, { method: "POST", body, secret, idempotencyKey: newKey() });

function Own() {
  const [token, setToken] = useState(undefined);
  const [list, setList] = useState(null);
  const [trouble, setTrouble] = useState("");
  const load = (secret) => request("/reporters/reports", { secret }).then(({ body }) => setList(body), (problem) => setTrouble(problem.status === 401 ? t("own.over") : sentence(problem)));
  useEffect(() => {
    const follow = () => {
      const found = readAddress();
      setToken((old) => found ?? old ?? null);
      if (found) void load(found);
    };
    addEventListener("hashchange", follow);
    follow();
    return () => removeEventListener("hashchange", follow);
  }, []);
  if (token && !list && !trouble) return html`<h1>${t("own.title")}</h1><p class="loading" role="status">${t("common.loading")}</p>`;
  return html`<h1>${t("own.title")}</h1>
    ${trouble && html`<${Notice} kind="bad" role="alert"><p>${trouble}</p></${Notice}>`}
    ${list ? html`<${List} list=${list} token=${token} />
      ${list.items.length > 0 && html`<${Forget} token=${token} onDone=${() => load(token)} />`}
      <${Join} token=${token} onDone=${setList} />` : html`<${Ask} />`}`;
}

/** Each leads to the report as its reporter sees it, as long as the link lives. */
function List({ list: { items, more, until }, token }) {
  if (!items.length) return html`<p>${t("own.none")}</p>`;
  return html`<p>${t("own.until", { day: day(until) })}</p>
    <ul class="plain">${items.map((item) => html`<li key=${item.number} class="card own">
      <a href=${`${link("/lacak")}#${item.number}~${token}`}><${Category} of=${item.category} /></a>
      <${Chip} status=${item.status} />
      <span class="muted small">${[item.number, item.area?.name, day(item.received_at)].filter(Boolean).join(" · ")}</span></li>`)}</ul>
    ${more && html`<p class="hint">${t("own.more", { n: items.length })}</p>`}`;
}

/** A form with one line: what it does while it is sent, and what went wrong. */
function useSending(work) {
  const [step, setStep] = useState("");
  const [trouble, setTrouble] = useState("");
  const start = (...given) => {
    if (step === "busy") return;
    setStep("busy");
    setTrouble("");
    work(...given).then(() => setStep("done"), (problem) => (setStep(""), setTrouble(problem.status === 401 ? t("own.wrong_link") : sentence(problem))));
  };
  return { step, trouble, start };
}

function Ask() {
  const [text, setText] = useState("");
  const [error, setError] = useState("");
  const typed = () => (text.includes("@") ? { email: text, phone: "" } : { phone: text, email: "" });
  const { step, trouble, start } = useSending((given) => send("/reporters/link", { ...given, language: lang }).then(() => say(t("own.sent"))));
  const ask = (event) => {
    event.preventDefault();
    const fixed = typed().phone && isFixedLine(text) && t("own.no_sms");
    const fault = text.trim() ? Object.values(contactFaults(typed()))[0] || fixed : t("own.no_address");
    setError(fault || "");
    if (!fault) start(Object.fromEntries(Object.entries(typed()).filter(([, value]) => value)));
  };
  if (step === "done") return html`<${Notice} kind="good" role="status"><p>${t("own.sent")}</p></${Notice}>`;
  return html`<p>${t("own.text")}</p>
    <form noValidate onSubmit=${ask}>${trouble && html`<${Notice} kind="bad" role="alert"><p>${trouble}</p></${Notice}>`}
      <${Field} id="address" label=${t("own.address")} hint=${t("own.address_hint")} error=${error}>
        ${(field) => html`<input ...${field} type="text" maxlength="500" autocomplete="email" autocapitalize="none" spellcheck=${false} value=${text} onInput=${(event) => (setText(event.target.value), setError(""))} />`}
      <//>
      <p class="row"><button class="button main" aria-disabled=${step === "busy"}>${t("own.ask")}</button></p></form>`;
}

/** Whoever has the links of two messages has read both addresses. */
function Join({ token, onDone }) {
  const [text, setText] = useState("");
  const [error, setError] = useState("");
  const { step, trouble, start } = useSending((other) => send("/reporters/addresses", { token: other }, token).then(({ body }) => (onDone(body), setText(""), say(t("own.joined")))));
  const join = (event) => {
    event.preventDefault();
    const other = tokenIn(text);
    setError(other ? "" : t("own.no_link"));
    if (other) start(other);
  };
  return html`<details class="card"><summary>${t("own.join")}</summary><p>${t("own.join_text")} <a href=${link("/laporan-saya")} target="_blank" rel="noopener">${t("own.ask_other")}</a></p>
    <form noValidate onSubmit=${join}>${trouble && html`<${Notice} kind="bad" role="alert"><p>${trouble}</p></${Notice}>`}${step === "done" && html`<${Notice} kind="good" role="status"><p>${t("own.joined")}</p></${Notice}>`}
      <${Field} id="other" label=${t("own.other_link")} error=${error}>
        ${(field) => html`<input ...${field} type="text" maxlength="500" autocomplete="off" autocapitalize="none" spellcheck=${false} value=${text} onInput=${(event) => (setText(event.target.value), setError(""))} />`}
      <//>
      <p class="row"><button class="button" aria-disabled=${step === "busy"}>${t("own.join_button")}</button></p></form></details>`;
}

/** Cannot be undone: asked twice. */
function Forget({ token, onDone }) {
  const [sure, setSure] = useState(false);
  const { step, trouble, start } = useSending(() => send("/reporters/erasures", {}, token).then(() => (say(t("own.forgotten")), onDone())));
  return html`<section class="card" aria-labelledby="forget"><h2 id="forget">${t("own.forget")}</h2><p>${t("own.forget_text")}</p>
    ${trouble && html`<${Notice} kind="bad" role="alert"><p>${trouble}</p></${Notice}>`}
    <p class="row">${sure ? html`<button type="button" class="button danger" aria-disabled=${step === "busy"} onClick=${() => start()}>${t("own.forget_sure")}</button><button type="button" class="link" onClick=${() => setSure(false)}>${t("common.cancel")}</button>` : html`<button type="button" class="button danger" onClick=${() => setSure(true)}>${t("own.forget_all")}</button>`}</p></section>`;
}

mount(Own);
