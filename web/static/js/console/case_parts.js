// The parts of an officer's case page.

import { Category } from "../category.js";
import { Chip, Clocks, heldWords, History, Photos, Place } from "../case_view.js";
import { Said } from "../said.js";
import { has, t, word } from "../texts.js";
import { Icon, html } from "../view.js";
import { ago, full } from "../when.js";
import { SpotMap } from "./spot_map.js";
import { BESIDE, DANGEROUS, ELSEWHERE, FOR_CITIZENS, OF_PHOTOS, OF_TASKS, actions, nameOf } from "./table.js";

const CLOSING_TIMES = ["confirmation", "answer"]; // the reporter's own clocks: the last to look at

export function Head({ view, title }) {
  return html`<header class="case-head">
    <h1 ref=${title} tabindex="-1"><${Category} of=${view.category} /></h1>
    <p class="row"><strong class="number">${view.number}</strong><${Chip} status=${view.status} />${view.visibility === "private" && html`<span class="chip"><${Icon} name="lock" />${t("console.private")}</span>`}</p>
    <p><${Icon} name="person" /> ${t("console.held_by")} <strong>${view.unit.name}</strong></p>
  </header>`;
}

/** Only what may be done now, the way forward first. */
export function Work({ view, onAct }) {
  const isWork = (action) => view.allowed_actions.includes(action) && !FOR_CITIZENS.includes(action) && !OF_TASKS.includes(action) && (!OF_PHOTOS.includes(action) || view.photos.some(({ urls }) => urls));
  const offered = Object.keys(actions).filter(isWork).sort((a, b) => rank(a, view) - rank(b, view));
  return html`<section class="card work" aria-label=${t("console.work")}>
    ${offered.length === 0 && html`<p class="muted">${t("console.nothing_to_do")}</p>`}
    <div class="row">${offered.map((action, index) => html`<button key=${action} class=${`button ${look(action, index, view)}`} data-action=${action} onClick=${() => onAct(action)}>${nameOf(action)}</button>`)}</div>
  </section>`;
}

/** Without a place nothing else goes well; to assign again is a way back; a comment moves nothing. */
const rank = (action, { status }) => ({ locate: -1, assign: status === "coordinated" ? 0 : 1, comment: 2 })[action] ?? (BESIDE.includes(action) ? 3 : ELSEWHERE.includes(action) ? 1 : 0);

/** One way forward on a page: where a task waits, its button is it. */
const look = (action, index, { allowed_actions: allowed }) => {
  if (DANGEROUS.includes(action)) return "danger";
  const leads = index === 0 && ![...BESIDE, ...ELSEWHERE, "comment"].includes(action);
  return leads && !OF_TASKS.some((task) => allowed.includes(task) && !DANGEROUS.includes(task)) ? "main" : "";
};

export function Facts({ view, context }) {
  const kinds = Object.keys(view.clocks).sort((a, b) => CLOSING_TIMES.includes(a) - CLOSING_TIMES.includes(b));
  return html`<h2 class="unseen">${t("console.clocks")}</h2>
    <${Clocks} clocks=${view.clocks} status=${view.status} kinds=${kinds} />
    <section class="card">
      <h2>${t("console.report")}</h2>
      <p class="description"><${Said} text=${view.description ?? t("console.no_description")} /></p>
      <${Answers} view=${view} context=${context} />
      <dl class="facts">
        <dt>${t("console.received")}</dt><dd>${full(view.timeline[0].at)} <span class="muted">(${ago(view.timeline[0].at)})</span></dd>
        <dt>${t("console.channel")}</dt><dd>${context.channelName(view.channel)}</dd>
        ${view.channel_limits?.map((limit) => html`<dt key=${limit.step}>${t(`console.limit_${limit.step}`)}</dt><dd>${full(limit.due_at)} <span class=${limit.state === "late" ? "wrong" : "muted"}>(${t(`console.limit_state_${limit.state}`)})</span></dd>`)}
        ${view.outcome && html`<dt>${t("act.outcome")}</dt><dd>${outcomeOf(view.outcome)}</dd>`}
        ${view.outside && html`<dt>${t("console.outside")}</dt><dd><${Said} text=${`${view.outside.unit} · ${view.outside.number}`} /></dd><dt>${t("act.until_of_refer")}</dt><dd>${full(view.outside.until)}</dd>`}
        ${view.merged_into && html`<dt>${t("console.merged_into")}</dt><dd><${Other} number=${view.merged_into} /></dd>`}
        ${view.returns && html`<dt>${t("console.returns")}</dt><dd><${Other} number=${view.returns} /></dd>`}
        ${view.hidden && html`<dt>${t("console.hidden")}</dt><dd>${t(`case.ground_${view.hidden.legal_ground}`)}</dd>`}
        ${view.links?.map((link) => html`<dt key=${link}>${t("console.link")}</dt><dd><${Said} text=${link} /></dd>`)}
        ${heldWords(view) && html`<dt>${t("case.held")}</dt><dd>${heldWords(view)}</dd>`}
        ${view.hops > 0 && html`<dt>${t("console.hops")}</dt><dd>${view.hops}</dd>`}
      </dl>
    </section>
    <${Where} view=${view} />`;
}

const Other = ({ number }) => html`<a href=${`#${number}`}>${number}</a>`;

const outcomeOf = ({ code, until, reason_code }) => [t(`act.outcome_${code}`), until && full(until), reason_code && t(`reason.${reason_code}`)].filter(Boolean).join(" · ");

function Answers({ view, context }) {
  const questions = context.category(view.category.code)?.questions ?? [];
  const answered = questions.filter((question) => view.answers[question.code] !== undefined);
  if (!answered.length) return null;
  return html`<dl class="answers">${answered.map((question) => html`<dt>${word(question.text)}</dt><dd><${Said} text=${said(question, view.answers[question.code])} /></dd>`)}</dl>`;
}

function said({ values }, answer) {
  const name = (key) => word(values.find((value) => value.key === key)?.name ?? String(key));
  return [answer].flat().map(name).join(", ");
}

function Where({ view }) {
  const spot = exactPlace(view);
  return html`<section class="card">
    <h2>${t("console.where")}</h2>
    <p><${Icon} name="pin" /> <${Place} view=${view} /></p>
    ${view.landmark && html`<p>${t("console.landmark")} <${Said} text=${view.landmark} /></p>`}
    ${spot ? html`<${SpotMap} key=${`${spot.lat} ${spot.lon}`} spot=${spot} />` : html`<p class="muted">${t("console.no_point")}</p>`}
  </section>`;
}

/** As the reporter gave it; rounded where that is all there is. */
function exactPlace({ location, place }) {
  return location?.lat !== undefined ? location : place;
}

export function Seen({ view, city }) {
  return html`<section class="card"><h2>${t("console.photos")}</h2>${view.photos.length ? html`<${Photos} photos=${view.photos} />` : html`<p class="muted">${t("console.no_photos")}</p>`}</section>
    <section class="card"><h2>${t("console.history")}</h2><${History} view=${view} older=${(before) => city.history(view.number, before)} /></section>`;
}

/** The coordinator sees whether the messages went out, and why not. */
export function Letters({ messages }) {
  if (!messages) return null;
  const name = (event) => (has(`status.${event}`) ? t(`status.${event}`) : t(`console.event_${event}`));
  return html`<section class="card"><h2>${t("console.messages")}</h2>
    ${messages.length === 0 && html`<p class="muted">${t("console.no_messages")}</p>`}
    <ul class="plain">${messages.map((message, index) => html`<li key=${index}>${name(message.event)} · ${t(`console.kind_${message.kind}`)} · ${t(`console.message_${message.state}`)}${message.reason && ` (${t(`console.why_${message.reason}`)})`}</li>`)}</ul>
  </section>`;
}
