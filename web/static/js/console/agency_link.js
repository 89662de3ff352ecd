// The link that the agency outside the city gets: who may recall the referral copies it and sends it there themselves.

import { t } from "../texts.js";
import { Field, Icon, html, say } from "../view.js";

export function AgencyLink({ view }) {
  const link = view.agency_link;
  if (link === undefined) return null;
  return html`<section class="card" id="agency-link"><h2>${t("console.agency")}</h2>
    <p>${t("console.agency_about", { unit: view.outside.unit })}</p>
    ${link ? html`<${Copied} link=${link} />` : html`<p class="muted">${t("console.agency_none")}</p>`}</section>`;
}

function Copied({ link }) {
  const copy = () => navigator.clipboard?.writeText(link).then(() => say(t("console.copied")));
  return html`<${Field} id="agency-address" label=${t("console.agency_link")}>
      ${(tie) => html`<input ...${tie} type="url" readonly value=${link} onFocus=${(event) => event.target.select()} />`}<//>
    <p class="row"><button type="button" class="button" onClick=${copy}><${Icon} name="copy" />${t("console.agency_copy")}</button></p>`;
}
