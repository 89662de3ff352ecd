// The answer to an officer's question, by the link of the message that asked. The link's token stands in the fragment; it
// leaves the address bar at once, and this tab keeps it for a reload. What is written stays on the device until it is sent.

import { fragment } from "./address.js";
import { Problem, request, sentence } from "./api.js";
import { restore } from "./answer_draft.js";
import { read } from "./number.js";
import { lookBy } from "./personal_hint.js";
import { Said } from "./said.js";
import { tab } from "./short_store.js";
import * as store from "./store.js";
import { link, pageOf, t, word } from "./texts.js";
import { focusOn, html, Icon, mount, Notice, useEffect, useState } from "./view.js";
import { full } from "./when.js";

const SIGNS = /^[\w-]*/; // of tokens: what a messenger put behind one is no part of it
const keptAs = (number) => `tanggap.answer ${number}`;

/** {number, token} of `#NUMBER~TOKEN`; `number` is null or false where there is none that is right. */
function readAddress() {
  const [text, rest] = fragment().split("~");
  const number = read(text) || null;
  const token = rest && SIGNS.exec(rest)[0];
  if (number && token) tab.set(keptAs(number), token);
  if (rest) history.replaceState(null, "", `${location.pathname}#${encodeURI(text)}`);
  return { number, token: token || (number && tab.get(keptAs(number))) };
}

/** What the answer is written with comes together with the question. */
const form = () => import("./answer_form.js").catch(() => Promise.reject(new Problem(0)));

/** Where a link was cut, the owner's own device still opens the question. What was written before stands from the start. */
async function look(asked) {
  const secret = asked.token || (await store.get("mine", asked.number))?.secret;
  if (!secret) throw new Problem(401);
  const [{ body }, { AnswerForm }, kept] = await Promise.all([request(`/complaints/${asked.number}`, { secret }), form(), restore(asked.number)]);
  if (!body.allowed_actions.includes("answer")) throw new Problem(410);
  return { view: body, secret, kept, AnswerForm };
}

function useQuestion() {
  const [asked, setAsked] = useState(undefined);
  const [found, setFound] = useState(null);
  const [problem, setProblem] = useState(null);
  const fail = (failure) => setProblem(failure instanceof Problem ? failure : new Problem(500));
  const load = () => look(asked).then((seen) => (setFound(seen), setProblem(null)), fail);
  useEffect(() => {
    const follow = () => (setFound(null), setProblem(null), setAsked(readAddress()));
    addEventListener("hashchange", follow);
    follow();
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => void (asked?.number && load()), [asked]);
  return { asked, found, problem, load, onGone: () => setProblem(new Problem(410)) };
}

function Page() {
  const { asked, found, problem, load, onGone } = useQuestion();
  const [sent, setSent] = useState(null);
  if (!asked) return null;
  if (!asked.number) return html`<h1>${t("answer.title")}</h1><${Incomplete} />`;
  if (sent?.number === asked.number) return html`<${Receipt} view=${sent} />`;
  return html`<h1>${t("answer.title")}</h1>${problem ? html`<${Closed} number=${asked.number} problem=${problem} onRetry=${load} />` : found ? html`<${Asked} key=${asked.number} ...${found} onDone=${setSent} onReload=${load} onGone=${onGone} />` : html`<p class="loading" role="status">${t("common.loading")}</p>`}`;
}

const Incomplete = () => html`<p>${t("answer.incomplete")}</p><p class="row"><a class="button main" href=${link("/lacak")}>${t("common.track")}</a></p>`;

/** Why there is nothing to answer, and what can be done instead; what was written is not lost. */
function Closed({ number, problem, onRetry }) {
  if (problem.passing) return html`<${Notice} kind="bad" role="alert"><p>${sentence(problem)}</p><button type="button" class="button" onClick=${onRetry}>${t("common.retry")}</button></${Notice}>`;
  const kind = problem.status === 410 ? "spent" : problem.status === 404 ? "unknown" : "wrong";
  return html`<${Notice} kind="warn" role="alert"><p><strong>${t(`answer.${kind}`)}</strong></p><p>${t(`answer.${kind}_next`)}</p></${Notice}>
    ${kind === "spent" && html`<${Unsent} number=${number} />`}
    <p class="row"><a class="button main" href=${kind === "unknown" ? link("/lacak") : pageOf(number)}>${t(kind === "unknown" ? "common.track" : "answer.see")}</a></p>`;
}

function Unsent({ number }) {
  const [text, setText] = useState("");
  useEffect(() => void restore(number).then((kept) => setText(kept?.text ?? "")), []);
  return text && html`<h2>${t("answer.unsent")}</h2><p class="said-by asked"><${Said} text=${text} /></p>`;
}

function Asked({ view, AnswerForm, ...given }) {
  return html`<p class="muted small">${t("answer.number")} <strong class="tight">${view.number}</strong> · ${word(view.category.name)}</p>
    <section class="card asks" aria-labelledby="question"><h2 id="question">${t("answer.question")}</h2>
      <blockquote class="said-by asked"><${Said} text=${view.question.text} /></blockquote>
      <p id="due"><${Icon} name="clock" /> ${t("answer.until", { time: full(view.question.due_at) })}</p></section>
    <${AnswerForm} view=${view} ...${given} />`;
}

function Receipt({ view }) {
  useEffect(() => focusOn("sent"), []);
  return html`<div class="sent"><${Icon} name="check" /><h1 id="sent" tabindex="-1">${t("answer.sent")}</h1>
      <p>${t("answer.number")}</p><p class="number">${view.number}</p><p>${t("answer.thanks")}</p></div>
    <p id="next" class="next">${word(view.next_step)}</p>
    <p class="row"><a class="button" href=${pageOf(view.number)}>${t("answer.see")}</a></p>`;
}

lookBy(() => import("./privacy.js"));
mount(Page);
