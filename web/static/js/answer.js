// The answer to an officer's question, by the link of the message that asked. What is written stays on the device until it is
// sent.

import { Problem, request } from "./api.js";
import { draftOf, Unsent } from "./link_draft.js";
import { lookBy } from "./personal_hint.js";
import { Said } from "./said.js";
import * as store from "./store.js";
import { pageOf, t, word } from "./texts.js";
import { Closed, Incomplete, later, Loading, useTokenLink } from "./token_link.js";
import { focusOn, html, Icon, mount, useEffect, useState } from "./view.js";
import { full } from "./when.js";

const SCOPE = "answer";
const words = (name) => t(`answer.${name}`);
const draft = (number) => draftOf(SCOPE, number);

/** Where a link was cut, the owner's own device still opens the question. What was written before stands from the start; what
 *  the answer is written with comes together with the question. */
async function look({ number, token }) {
  const secret = token || (await store.get("mine", number))?.secret;
  if (!secret) throw new Problem(401);
  const [{ body }, { LinkForm }, kept] = await Promise.all([request(`/complaints/${number}`, { secret }), later(import("./link_form.js")), draft(number).restore()]);
  if (!body.allowed_actions.includes("answer")) throw new Problem(410);
  return { view: body, secret, kept, LinkForm };
}

function Page() {
  const { asked, found, problem, load, onGone } = useTokenLink(SCOPE, look);
  const [sent, setSent] = useState(null);
  if (!asked) return null;
  const { number } = asked;
  if (!number) return html`<h1>${t("answer.title")}</h1><${Incomplete} words=${words} />`;
  if (sent?.number === number) return html`<${Receipt} view=${sent} />`;
  const closed = problem && html`<${Closed} words=${words} number=${number} problem=${problem} onRetry=${load}><${Unsent} scope=${SCOPE} words=${words} number=${number} /></${Closed}>`;
  return html`<h1>${t("answer.title")}</h1>${closed || (found ? html`<${Asked} key=${number} ...${found} onDone=${setSent} onReload=${load} onGone=${onGone} />` : html`<${Loading} />`)}`;
}

function Asked({ view, LinkForm, ...given }) {
  return html`<p class="muted small">${t("answer.number")} <strong class="tight">${view.number}</strong> · ${word(view.category.name)}</p>
    <section class="card asks" aria-labelledby="question"><h2 id="question">${t("answer.question")}</h2>
      <blockquote class="said-by asked"><${Said} text=${view.question.text} /></blockquote>
      <p id="due"><${Icon} name="clock" /> ${t("answer.until", { time: full(view.question.due_at) })}</p></section>
    <${LinkForm} action="answer" draft=${draft(view.number)} words=${words} label=${t("reporter.text_answer")} order=${t("reporter.send_answer")} view=${view} ...${given} />`;
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
