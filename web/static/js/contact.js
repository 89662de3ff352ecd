// How a person can be reached, as it is typed. `contactFaults({phone, email})` → {phone?, email?}: what is wrong, in words;
// `isFixedLine(phone)`: no message goes there by itself; `<WayField contact onChange />`: which way the news goes, where both
// an address and a mobile number are given; `<LikelyEmail text onPick(address) />`: asks whether another address was meant.

import { likelyEmail, readEmail } from "./email.js";
import { readTelephone } from "./telephone.js";
import { t } from "./texts.js";
import { focusOn, html } from "./view.js";
import { canChoose, wayOf } from "./way.js";

export function contactFaults({ phone, email }) {
  const faults = { ...(phone.trim() && { phone: readTelephone(phone).fault }), ...(email.trim() && { email: readEmail(email).fault }) };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault).map(([id, fault]) => [id, t(`contact.${fault}`)]));
}

export const isFixedLine = (phone) => readTelephone(phone).kind === "fixed";

export const WayField = ({ contact, onChange }) => canChoose(contact) && html`<fieldset class="field" id="by" tabindex="-1"><legend>${t("contact.by")}</legend>
  ${["email", "sms"].map((way) => html`<label class="choice" key=${way}>
    <input type="radio" name="by" value=${way} checked=${wayOf(contact) === way} onChange=${onChange} />
    <span>${t(`contact.by_${way}`)}<small>${way === "sms" ? contact.phone : contact.email}</small></span></label>`)}
</fieldset>`;

/** News that goes astray is never missed by the city: so it asks before. */
export function LikelyEmail({ text, onPick }) {
  const meant = likelyEmail(text);
  return html`<div role="status">${meant && html`<p>${t("contact.email_meant")} <button type="button" class="link" onClick=${() => (onPick(meant), focusOn("email"))}>${meant}</button></p>`}</div>`;
}
