// A referred case as the agency sees it: what it was told, what everybody reads, and the form for its own words and photos,
// which stays for the next ones.

import { request } from "./api.js";
import { History, Photos, Place } from "./case_view.js";
import { LinkForm } from "./link_form.js";
export { draftOf, Unsent } from "./link_draft.js";
import { Said } from "./said.js";
import { t, word } from "./texts.js";
import { focusOn, html, Icon, Notice, useState } from "./view.js";
import { full } from "./when.js";

export function AgencyCase({ view: first, kept, ...given }) {
  const [view, setView] = useState(first);
  const [sent, setSent] = useState(0);
  const done = (next) => {
    setView(next);
    setSent(sent + 1);
    requestAnimationFrame(() => focusOn("sent"));
  };
  return html`<p class="muted small">${t("answer.number")} <strong class="tight">${view.number}</strong> · ${word(view.category.name)}</p>
    <${Told} view=${view} />
    <${Shown} view=${view} />
    <section aria-labelledby="write"><h2 id="write">${t("agency.write")}</h2>
      ${sent > 0 && html`<div id="sent" tabindex="-1"><${Notice} kind="good">${t("agency.sent")}</${Notice}></div>`}
      <${LinkForm} key=${sent} action="comment" label=${t("agency.text")} order=${t("agency.send")} note=${t("agency.personal")} view=${view} kept=${sent ? null : kept} onDone=${done} ...${given} /></section>
    <section aria-labelledby="history"><h2 id="history">${t("agency.history")}</h2><${History} view=${view} older=${older(view.number, given.secret)} /></section>`;
}

const older = (number, secret) => (before) => request(`/complaints/${number}/timeline?before=${before}`, { secret }).then(({ body }) => body);

function Told({ view: { referral } }) {
  return html`<section class="card" aria-labelledby="told"><h2 id="told">${t("agency.told", { unit: referral.unit })}</h2>
    ${referral.text ? html`<blockquote class="said-by asked"><${Said} text=${referral.text} /></blockquote>` : html`<p class="muted">${t("agency.told_apart")}</p>`}
    <dl class="facts"><dt>${t("agency.their_number")}</dt><dd><${Said} text=${referral.number} /></dd>
      <dt>${t("agency.their_date")}</dt><dd>${full(referral.until)}</dd></dl></section>`;
}

/** What everybody sees; of a shielded report little. */
function Shown({ view }) {
  const pictures = view.photos.filter(({ urls }) => urls);
  return html`<section class="card" aria-labelledby="report"><h2 id="report">${t("agency.report")}</h2>
    <p class="description">${view.description ? html`<${Said} text=${view.description} />` : html`<span class="muted">${t("agency.kept_back")}</span>`}</p>
    <p><${Icon} name="pin" /> <${Place} view=${view} /></p>
    ${view.place && html`<p><a class="button" href=${`geo:${view.place.lat},${view.place.lon}?q=${view.place.lat},${view.place.lon}`}><${Icon} name="arrow" />${t("agency.route")}</a> <span class="muted">${view.place.lat}, ${view.place.lon}</span></p>`}
    ${pictures.length > 0 && html`<${Photos} photos=${pictures} />`}</section>`;
}
